package dev.dsync.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** What this process brought to the disk for good, in order, as the virtual machine's own recorder saw it. */
public final class Forced {

    /** Work on files. */
    public interface FileWork {
        void run() throws IOException;
    }

    private Forced() {}

    /** The files and folders below this one that were forced to the disk during this work, under the names they had then. */
    public static List<Path> below(Path folder, FileWork work) throws IOException {
        Path dump = Files.createTempFile("forced", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.FileForce").withThreshold(Duration.ZERO);
            recording.start();
            work.run();
            recording.stop();
            recording.dump(dump);
            return RecordingFile.readAllEvents(dump).stream()
                    .filter(event -> event.getEventType().getName().equals("jdk.FileForce"))
                    .sorted((a, b) -> a.getStartTime().compareTo(b.getStartTime()))
                    .map(Forced::path)
                    .filter(path -> path.startsWith(folder))
                    .toList();
        } finally {
            Files.delete(dump);
        }
    }

    private static Path path(RecordedEvent event) {
        return Path.of(event.getString("path"));
    }
}
