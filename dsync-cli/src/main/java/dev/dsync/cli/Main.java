package dev.dsync.cli;

import dev.dsync.metadata.SqliteCatalogProvider;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where the process starts. */
public final class Main {

    private static final int OUTPUT_BUFFER_BYTES = 1 << 16;

    /** Commands that write no logs: what they have to tell, their answer says. */
    private static final Set<String> WITHOUT_LOGS = Set.of("ls", "status", "versions", "config");

    /** Commands that are done soon, and spend much of that on opening the catalog. */
    private static final Set<String> READING = Set.of("ls", "status", "versions");

    private Main() {}

    /** As the launcher found it; where none could, as far as Java can tell: whether a person can be asked. */
    private static boolean isWatched() {
        String found = System.getProperty("dsync.terminal");
        return found == null ? System.console() != null : found.equals("true");
    }

    /** To begin logging takes as long as to list thousands of files, and even SQLite would have it begun. */
    private static void leaveOutLogs() {
        System.setProperty("slf4j.internal.verbosity", "WARN");
        System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
    }

    private static void begin(String command) {
        if (WITHOUT_LOGS.contains(command)) {
            leaveOutLogs();
        }
        if (READING.contains(command)) {
            beside("catalog", SqliteCatalogProvider::prepare);
        }
        Optional<NativeLibraries> libraries =
                NativeLibraries.find(System.getProperty("java.class.path"), System.getenv());
        if (libraries.isPresent()) {
            libraries.get().use();
        }
    }

    /** Does something while the command begins. */
    private static void beside(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Gives one command and returns the status that the process is to end with. */
    static int run(String... arguments) {
        StandardOutput standard = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        PrintStream out =
                new PrintStream(new BufferedOutputStream(standard, OUTPUT_BUFFER_BYTES), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Stop stop = new Stop();
        Invocation invocation = Invocation.of(List.of(arguments));
        if (invocation.command().isPresent()) {
            begin(invocation.command().get());
        }
        Surroundings around =
                new Surroundings(out, err, System.getenv(), Path.of(""), new LocalClock(), isWatched(), stop);
        Runnable listening = () -> Signals.watch(stop, err, () -> Cli.interrupted(around, List.of(arguments)));
        if (invocation.json()) {
            beside("signals", listening);
        } else {
            // Until then Java ends the process by itself, and what only looks something up starts faster.
            stop.whenHeeded(listening);
        }
        int exit = Cli.run(around, List.of(arguments));
        // A print stream keeps its failures to itself: a full disk behind a redirection must not pass for success.
        if (out.checkError() && !standard.isReaderGone()) {
            err.println("dsync: standard output could not be written to the end: what arrived there is not complete");
            exit = Math.max(exit, 1);
        }
        return exit;
    }
}
