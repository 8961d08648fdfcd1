package dev.dsync.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A home in which tests give commands, in this process but through the same door as everybody. */
final class TestHome {

    /** What a command left behind. */
    record Run(int exit, byte[] bytes, String err) {

        String out() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        /** Standard output, which must be one JSON object and nothing else. */
        JsonNode json() throws IOException {
            ObjectMapper mapper = new ObjectMapper();
            try (var values = mapper.readerFor(JsonNode.class).<JsonNode>readValues(bytes)) {
                JsonNode object = values.nextValue();
                if (!object.isObject() || values.hasNextValue()) {
                    throw new AssertionError("not exactly one JSON object: " + out());
                }
                return object;
            }
        }

        /** The run, if it ended as wanted. */
        Run ends(int wanted) {
            if (exit != wanted) {
                throw new AssertionError(
                        "ended with " + exit + ", wanted " + wanted + "\nout: " + out() + "\nerr: " + err);
            }
            return this;
        }
    }

    /** A second later with each look, so that states have times of their own. */
    static final class SteppingClock extends Clock {

        private Instant now = Instant.parse("2026-11-20T12:00:00Z");

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            throw new UnsupportedOperationException("tests live in one zone");
        }

        @Override
        public synchronized Instant instant() {
            now = now.plusMillis(1);
            return now;
        }

        synchronized Instant pass(java.time.Duration time) {
            now = now.plus(time);
            return now;
        }
    }

    final Path folder;
    final SteppingClock clock = new SteppingClock();
    final Map<String, String> environment = new HashMap<>();
    Stop stop = new Stop();
    private Clock time = clock;

    TestHome(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** A home whose time is everybody's, for targets that wait. */
    static TestHome inRealTime(Path folder) throws IOException {
        TestHome home = new TestHome(folder);
        home.time = Clock.systemUTC();
        return home;
    }

    /** Another home, with this one's key and targets alone. */
    TestHome newMachine(Path elsewhere) throws IOException {
        TestHome other = new TestHome(elsewhere);
        other.time = time.equals(clock) ? other.clock : time;
        Files.copy(folder.resolve(".encryption_key"), other.folder.resolve(".encryption_key"));
        Files.copy(folder.resolve("webhooks.txt"), other.folder.resolve("webhooks.txt"));
        return other;
    }

    Run run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings around = new Surroundings(
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                environment,
                folder,
                time,
                false,
                stop);
        int exit = Cli.run(around, List.of(arguments));
        return new Run(exit, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
    }

    /** The answer of a command that must end well. */
    JsonNode json(String... arguments) throws IOException {
        String[] all = Stream.concat(Stream.of("--json"), Stream.of(arguments)).toArray(String[]::new);
        return run(all).ends(0).json();
    }

    Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    /** All blobs and whatever else lies in a folder target. */
    static long bytesIn(Path target) throws IOException {
        try (Stream<Path> files = Files.walk(target)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    static void deleteTree(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
