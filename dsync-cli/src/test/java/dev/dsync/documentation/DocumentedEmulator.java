package dev.dsync.documentation;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The emulator as a document says to start it, from what is compiled already; it runs beside the document's commands. */
final class DocumentedEmulator implements Closeable {

    private static final String SCRIPT = "dsync-discord/emulator";

    private final List<Process> running = new ArrayList<>();

    /** Starts it in {@code folder} for each line of the document that says so, and waits until it can be used. */
    DocumentedEmulator(Path project, Path document, Path folder) throws IOException {
        for (Documents.Line line : new Documents(project).shellLines(document)) {
            if (line.text().startsWith(SCRIPT)) {
                start(project, folder, List.of(line.text().split(" ")));
            }
        }
    }

    private void start(Path project, Path folder, List<String> words) throws IOException {
        List<String> command = new ArrayList<>(words);
        command.set(0, project.resolve(words.get(0)).toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("emulator.err").toFile());
        builder.environment().put("DSYNC_EMULATOR_CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process emulator = builder.start();
        running.add(emulator);
        // the first URL is printed once everything is ready
        if (emulator.inputReader().readLine() == null) {
            throw new IOException(words + " ended: see " + folder.resolve("emulator.err"));
        }
    }

    boolean started() {
        return !running.isEmpty();
    }

    @Override
    public void close() throws IOException {
        for (Process emulator : running) {
            emulator.destroy();
            try {
                if (!emulator.waitFor(10, TimeUnit.SECONDS)) {
                    emulator.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
