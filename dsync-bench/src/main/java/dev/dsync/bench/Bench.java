package dev.dsync.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a benchmark that needs a disk works, and where its figures go. */
final class Bench {

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description = "Where it works, in folders that it removes again. Default: a temporary folder.")
    private @Nullable Path work;

    @Mixin
    private Report report = new Report();

    /** A new folder to work in. */
    WorkFolder folder() throws IOException {
        return WorkFolder.in(work);
    }

    /** {@linkplain Report#tell Tells} the figures. */
    void tell(PrintWriter out, String table, Object figures) throws IOException {
        report.tell(out, table, figures);
    }
}
