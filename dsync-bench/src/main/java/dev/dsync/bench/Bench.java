package dev.dsync.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a benchmark works, and where its figures go: options of each. */
final class Bench {

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description = "Where it works, in folders that it removes again. Default: a temporary folder.")
    private @Nullable Path work;

    @Option(names = "--json", paramLabel = "FILE", description = "Also writes the figures here, as JSON.")
    private @Nullable Path json;

    /** A new folder to work in. */
    WorkFolder folder() throws IOException {
        return WorkFolder.in(work);
    }

    /** Prints the table for people, and writes the figures for programs if that is wanted. */
    void tell(PrintWriter out, String table, Object figures) throws IOException {
        out.print(table);
        out.flush();
        if (json != null) {
            JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), figures);
        }
    }
}
