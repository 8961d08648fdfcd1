package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only the real process can show: signals, and an output that cannot be written. */
@Timeout(300)
class ProcessTest {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    Path folder;

    private Path out;
    private String heap = "-Xmx320m";

    @BeforeEach
    void makeHome() throws IOException {
        out = folder.resolve("out");
        Files.createDirectory(folder.resolve("d-synced"));
        Files.writeString(folder.resolve("d-synced/a.txt"), "content");
    }

    @Test
    void interruptWithinOneLargeFileEndsWith130AndSaysSo() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "this system does not tell which files are open");
        Path large = folder.resolve("d-synced/large");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(40L << 30);
        }
        Process sync = start("--json", "sync");
        while (sync.isAlive() && !hasOpen(sync, large)) {
            sync.waitFor(10, TimeUnit.MILLISECONDS);
        }
        interrupt(sync);
        assertThat(sync.waitFor()).isEqualTo(130);
        assertThat(json().get("interrupted").asBoolean()).isTrue();
    }

    @Test
    void interruptBeforeAnythingWasDoneIsAJsonObjectToo() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "this system cannot make a command wait");
        // Settings that are being read for ever: the command is not yet where it would listen to a wish.
        Path settings = folder.resolve("dsync.toml");
        new ProcessBuilder("mkfifo", settings.toString()).start().waitFor();
        Process sync = start("sync", "--json");
        OutputStream neverWritten = opened(settings).get();
        interrupt(sync);
        assertThat(sync.waitFor()).isEqualTo(130);
        neverWritten.close();
        assertThat(json().get("error").asText()).isEqualTo("interrupted");
        assertThat(json().get("exit").asInt()).isEqualTo(130);
    }

    /** Completes once somebody reads the pipe. */
    private static CompletableFuture<OutputStream> opened(Path pipe) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return Files.newOutputStream(pipe);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void watchStoresWhatChangesTellsOfEachPassAndEndsWhenAsked() throws Exception {
        Process watch = start("--json", "sync", "--watch", "--interval", "1h");
        awaitPass(watch, 1, pass -> pass.get("added").asInt() == 1);
        Files.createDirectories(folder.resolve("d-synced/new/folder"));
        Files.writeString(folder.resolve("d-synced/new/folder/b.txt"), "later");
        awaitPass(watch, 2, pass -> pass.get("added").asInt() >= 1);
        Files.delete(folder.resolve("d-synced/a.txt"));
        awaitPass(watch, 2, pass -> pass.get("deleted").asInt() == 1);
        watch.destroy();
        assertThat(watch.waitFor()).isEqualTo(130);
        assertThat(Files.readAllLines(out)).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
    }

    /** Waits until a pass, at least the given one, is as wanted. */
    private void awaitPass(Process watch, int least, Predicate<JsonNode> wanted) throws Exception {
        boolean seen = false;
        while (!seen) {
            assertThat(watch.isAlive())
                    .as("ended early: " + Files.readString(out))
                    .isTrue();
            watch.waitFor(50, TimeUnit.MILLISECONDS);
            String text = Files.readString(out);
            List<String> lines =
                    text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
            for (int i = least - 1; i < lines.size() && !seen; i++) {
                seen = wanted.test(new ObjectMapper().readTree(lines.get(i)));
            }
        }
    }

    @Test
    void fullDiskBehindStandardOutputIsAFailure() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "this system has no /dev/full");
        new TestHome(folder).run("sync").ends(0);
        assertThat(shell("--json ls > /dev/full").waitFor()).isEqualTo(1);
        assertThat(shell("cat a.txt > /dev/full").waitFor()).isEqualTo(1);
        assertThat(err()).contains("standard output could not be written to the end");
    }

    @Test
    void readerWhoHasSeenEnoughIsNoFailure() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "this system has no shell");
        Path large = folder.resolve("d-synced/large");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(8 << 20);
        }
        new TestHome(folder).run("sync").ends(0);
        for (String command : List.of("cat large", "versions a.txt")) {
            assertThat(shell("--version; { " + java() + ' ' + command + "; echo ended with $? >&2; } | true")
                            .waitFor())
                    .isZero();
            assertThat(err()).as(command).isEqualTo("ended with 0\n");
        }
    }

    @Test
    void closedStandardOutputIsAFailure() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "this system has no shell");
        new TestHome(folder).run("sync").ends(0);
        assertThat(shell("ls >&-").waitFor()).isEqualTo(1);
    }

    /** A heap in which neither the large file nor the packs made of it would have room. */
    @ParameterizedTest
    @ValueSource(strings = {"packed", "classic"})
    void memoryDoesNotGrowWithTheFile(String layout) throws Exception {
        heap = "-Xmx128m";
        Path large = folder.resolve("d-synced/large");
        byte[] piece = new byte[1 << 20];
        Random random = new Random(1);
        try (OutputStream file = Files.newOutputStream(large)) {
            for (int i = 0; i < 200; i++) {
                random.nextBytes(piece);
                file.write(piece);
            }
        }
        assertThat(start("sync", "--layout", layout).waitFor()).as(said("sync")).isZero();
        assertThat(start("restore", "--to", "back").waitFor())
                .as(said("restore"))
                .isZero();
        assertThat(Files.mismatch(large, folder.resolve("back/large"))).isEqualTo(-1);
    }

    private Supplier<String> said(String command) {
        return () -> {
            try {
                return command + " said: " + err();
            } catch (IOException e) {
                return e.toString();
            }
        };
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                JAVA,
                "-XX:+UseSerialGC",
                heap,
                // Native code that killed processes leave behind is gone with the build.
                "-Djava.io.tmpdir=" + Path.of("target").toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.dsync.cli.Main"));
        command.addAll(List.of(arguments));
        return command;
    }

    private Process start(String... arguments) throws IOException {
        return run(command(arguments));
    }

    /** The same through a shell, which understands redirections. */
    private Process shell(String arguments) throws IOException {
        return run(List.of("/bin/sh", "-c", java() + " " + arguments));
    }

    private String java() {
        return String.join(" ", command().stream().map(word -> "'" + word + "'").toList());
    }

    private Process run(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private static void interrupt(Process process) throws Exception {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    private static boolean hasOpen(Process process, Path file) throws IOException {
        Path wanted = file.toRealPath();
        try (Stream<Path> open = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            return open.anyMatch(one -> leadsTo(one, wanted));
        } catch (NoSuchFileException | UncheckedIOException e) {
            // it ended meanwhile: whoever waits sees that for himself
            return false;
        }
    }

    private static boolean leadsTo(Path link, Path file) {
        try {
            return Files.readSymbolicLink(link).equals(file);
        } catch (IOException e) {
            // closed since the list was made
            return false;
        }
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out.toFile());
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }
}
