package dev.dsync.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * What a command runs in.
 *
 * @param out for answers
 * @param err for progress, notices and failures
 * @param environment variables
 * @param folder the current folder
 * @param clock the time, and the zone in which people name times
 * @param terminal whether a person watches {@code err}
 * @param stop how to end it
 */
record Surroundings(
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Path folder,
        Clock clock,
        boolean terminal,
        Stop stop) {

    Surroundings {
        environment = Map.copyOf(environment);
        folder = folder.toAbsolutePath().normalize();
    }
}
