package dev.dsync.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The documents a user reads: {@code README.md} and {@code docs/*.md}. Their commands stand in fenced {@code sh} blocks. */
final class Documents {

    private static final String FENCE = "```";
    private static final String LAUNCHER = "./dsync";

    private final Path project;

    Documents(Path project) {
        this.project = project;
    }

    /** Every document, the README first, the others by name. */
    List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        files.add(project.resolve("README.md"));
        Path docs = project.resolve("docs");
        if (Files.isDirectory(docs)) {
            try (Stream<Path> others = Files.list(docs)) {
                others.filter(file -> file.toString().endsWith(".md")).sorted().forEach(files::add);
            }
        }
        return files;
    }

    /** The {@code ./dsync} commands of one document, in the order of the page. */
    List<DocumentedCommand> commands(Path file) throws IOException {
        String name = project.relativize(file).toString();
        List<DocumentedCommand> commands = new ArrayList<>();
        for (Line line : shellLines(file)) {
            if (line.text().equals(LAUNCHER) || line.text().startsWith(LAUNCHER + " ")) {
                commands.add(DocumentedCommand.parse(name, line.number(), line.text()));
            }
        }
        return commands;
    }

    /** The lines of one document's {@code sh} blocks, stripped. */
    List<Line> shellLines(Path file) throws IOException {
        List<Line> lines = new ArrayList<>();
        String block = "";
        int number = 0;
        for (String raw : Files.readAllLines(file)) {
            number++;
            String text = raw.strip();
            if (text.startsWith(FENCE)) {
                block = block.isEmpty() ? text : "";
            } else if (block.equals(FENCE + "sh")) {
                lines.add(new Line(number, text));
            }
        }
        if (!block.isEmpty()) {
            throw new IllegalArgumentException(file + " leaves a block open");
        }
        return lines;
    }

    /** A line of a document, the first being number 1. */
    record Line(int number, String text) {}
}
