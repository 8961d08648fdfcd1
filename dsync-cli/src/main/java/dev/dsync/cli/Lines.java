package dev.dsync.cli;

import dev.dsync.source.FileFailure;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Lines that several answers share. */
final class Lines {

    private static final double MILLIS_PER_SECOND = 1000;

    private Lines() {}

    /** So many of something. */
    static String count(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    static String took(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / MILLIS_PER_SECOND);
    }

    /** A line for each failure. */
    static void failures(PrintStream text, String what, List<FileFailure> failures) {
        for (FileFailure failure : failures) {
            text.println(what + ": " + Printable.of(Redaction.of(failure.toString())));
        }
    }
}
