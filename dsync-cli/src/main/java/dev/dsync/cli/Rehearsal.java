package dev.dsync.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.helpers.NOP_FallbackServiceProvider;

/**
 * Prepares a program that was just built: unpacks its native code, and gives the commands of a working day once, so that
 * the Java virtual machine can write down which classes they need.
 */
public final class Rehearsal {

    private final Path home;

    private Rehearsal(Path home) {
        this.home = home;
    }

    /**
     * Ends with status 1 if anything did not go well.
     *
     * @param arguments the program's folder
     */
    public static void main(String[] arguments) throws IOException {
        prepare(Path.of(arguments[0]));
        // The way out is part of it, and ends this process.
        Main.main(new String[] {"--version"});
    }

    /** Leaves the native code in a program's folder, and nothing else. */
    static void prepare(Path program) throws IOException {
        NativeLibraries libraries = NativeLibraries.ofProgram(program.resolve(NativeLibraries.FOLDER));
        libraries.unpack();
        libraries.use();
        Path home = Files.createTempDirectory(program, "rehearsal");
        try {
            new Rehearsal(home).play();
        } finally {
            delete(home);
        }
    }

    private void play() throws IOException {
        for (String folder : List.of("tree", "tree/of", "tree/of/files")) {
            Files.createDirectory(home.resolve(folder));
            for (int i = 0; i < 3; i++) {
                Files.writeString(home.resolve(folder).resolve("file" + i), "a rehearsal ".repeat(1 << 5 * i));
            }
        }
        // What a command without a log writes to; one class looked for in vain costs a look into each jar.
        new NOP_FallbackServiceProvider()
                .getLoggerFactory()
                .getLogger("nowhere")
                .debug("not written");
        give("sync", "--folder", "tree");
        Files.delete(home.resolve("tree/file0"));
        Files.writeString(home.resolve("tree/file1"), "changed");
        give("sync");
        give("ls");
        give("--json", "ls", "of", "--deleted");
        give("versions", "file1");
        give("cat", "of/file1");
        give("status");
        give("--json", "status");
        give("config");
        give("check", "--read-data");
        give("restore", "*1", "--to", "restored");
        give("ls", "--help");
        // Nobody listens there: enough to meet what talks to webhooks, and nothing leaves this machine.
        Files.writeString(home.resolve("webhooks.txt"), "http://127.0.0.1:1/api/webhooks/123456789012345678/token\n");
        give("targets");
        // The way in is part of it; last, because it leaves out the logs.
        Main.run("--home", home.toString(), "ls");
    }

    private void give(String... words) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Surroundings around = new Surroundings(nowhere, nowhere, Map.of(), home, new LocalClock(), false, new Stop());
        int exit = Cli.run(around, List.of(words));
        if (exit != 0 && !words[0].equals("targets")) {
            throw new IllegalStateException(String.join(" ", words) + " ends with " + exit);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
