package dev.dsync.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** A clock that nobody can set, because it counts from a start of its own: that of the machine, or of this process. */
public interface RunningTime {

    /**
     * What it shows.
     *
     * @param start names the start: two readings with the same name count from the same moment; without blanks
     * @param passed since then, or less
     */
    record Reading(String start, Duration passed) {}

    /** What it shows right now. */
    Reading read();

    /** Names this process where that is wanted: to draw a name takes as long as to begin a command. */
    final class ThisProcess {

        private static final String NAME = "process-" + UUID.randomUUID();

        private ThisProcess() {}
    }

    /** That of the machine where the system tells it, as Linux does, sleep included; else that of this process. */
    RunningTime REAL = new RunningTime() {

        private final long begun = System.nanoTime();

        @Override
        public Reading read() {
            try {
                String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                        .strip();
                String uptime =
                        Files.readString(Path.of("/proc/uptime")).strip().split(" ", 2)[0];
                return new Reading("boot-" + boot, Duration.ofMillis((long) (Double.parseDouble(uptime) * 1000)));
            } catch (IOException | NumberFormatException e) {
                // A system without these files: what passes between two runs is not counted there.
                return new Reading(ThisProcess.NAME, Duration.ofNanos(System.nanoTime() - begun));
            }
        }
    };
}
