package dev.dsync.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Where the process starts. */
public final class Main {

    private static final int OUTPUT_BUFFER_BYTES = 1 << 16;

    private Main() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), OUTPUT_BUFFER_BYTES),
                false,
                StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Stop stop = new Stop();
        Signals.watch(stop, err);
        Surroundings around = new Surroundings(
                out,
                err,
                System.getenv(),
                Path.of(""),
                Clock.systemDefaultZone(),
                Boolean.getBoolean("dsync.terminal"),
                stop);
        System.exit(Cli.run(around, List.of(arguments)));
    }
}
