package dev.dsync.vault;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One line of {@code webhooks.txt} that names a target. It may hold a secret, so it never prints itself.
 *
 * @param number of the line in the file, from 1; 0 for a target that no line names
 * @param text the line without white space around it
 */
record TargetLine(int number, String text) {

    private static final String FOLDER = "file:";

    /** All lines of the file that name a target; none if there is no file. */
    static List<TargetLine> read(Path file) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (MalformedInputException e) {
            throw new ConfigurationException(file + " is not UTF-8 text: save it as UTF-8", e);
        } catch (IOException e) {
            throw ConfigurationException.unreadable(file, e);
        }
        List<TargetLine> targets = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String text = lines.get(i).replace("\uFEFF", "").strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                targets.add(new TargetLine(i + 1, text));
            }
        }
        return targets;
    }

    /** The folder that the line names, if it names one: absolute and without detours, whether or not it is there. */
    Optional<Path> folder(Home home) {
        if (!text.startsWith(FOLDER)) {
            return Optional.empty();
        }
        try {
            return Optional.of(home.folder()
                    .resolve(text.substring(FOLDER.length()))
                    .toAbsolutePath()
                    .normalize());
        } catch (InvalidPathException e) {
            // No folder can have that name; whoever opens it says so.
            return Optional.empty();
        }
    }

    /** The line that stands for the folder used when the file names no target. */
    static TargetLine localStorage(Home home) {
        return new TargetLine(0, FOLDER + home.localStorage().getFileName());
    }

    @Override
    public String toString() {
        return "line " + number;
    }
}
