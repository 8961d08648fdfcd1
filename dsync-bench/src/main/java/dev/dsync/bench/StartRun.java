package dev.dsync.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes a vault of small files with dsync, and times commands on it. Each run of a command follows one of
 * {@code java -version}, so that what else the machine does meets both.
 */
final class StartRun {

    private static final int FILES_PER_FOLDER = 100;
    private static final int MOST_BYTES = 400;
    private static final double NANOS_PER_MILLI = 1e6;

    private static final List<List<String>> COMMANDS =
            List.of(List.of("--version"), List.of("ls"), List.of("--json", "ls"), List.of("status"));

    private final Path dsync;
    private final Path home;
    private final int files;
    private final int runs;

    /**
     * A run in an empty folder.
     *
     * @param dsync the launcher
     * @param runs of each command that count; one before them does not
     */
    StartRun(Path dsync, Path home, int files, int runs) {
        this.dsync = dsync;
        this.home = home;
        this.files = files;
        this.runs = runs;
    }

    StartFigures run() throws IOException, InterruptedException {
        makeFiles();
        millis(List.of(dsync.toString(), "sync", "--folder", "tree"));
        List<StartFigures.Command> commands = new ArrayList<>();
        List<Double> java = new ArrayList<>();
        for (List<String> words : COMMANDS) {
            commands.add(time(words, java));
        }
        return new StartFigures(files, Quantiles.median(java), commands);
    }

    private void makeFiles() throws IOException {
        Random random = new Random(1);
        for (int file = 0; file < files; file++) {
            Path folder = home.resolve("tree/album-" + file / FILES_PER_FOLDER);
            if (file % FILES_PER_FOLDER == 0) {
                Files.createDirectories(folder);
            }
            byte[] content = new byte[1 + random.nextInt(MOST_BYTES)];
            random.nextBytes(content);
            Files.write(folder.resolve("photo-" + file + ".jpeg"), content);
        }
    }

    private StartFigures.Command time(List<String> words, List<Double> java) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(dsync.toString()));
        command.addAll(words);
        List<Double> millis = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        millis(command);
        for (int run = 0; run < runs; run++) {
            double bare = millis(List.of(java(), "-version"));
            double taken = millis(command);
            java.add(bare);
            millis.add(taken);
            ratios.add(taken / bare);
        }
        return new StartFigures.Command(
                String.join(" ", words),
                Quantiles.median(millis),
                Quantiles.median(ratios),
                ratios.stream().mapToDouble(ratio -> ratio).min().orElse(0));
    }

    private double millis(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("DSYNC_HOME");
        long started = System.nanoTime();
        int exit = builder.start().waitFor();
        double millis = (System.nanoTime() - started) / NANOS_PER_MILLI;
        if (exit != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + exit + " in " + home);
        }
        return millis;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
