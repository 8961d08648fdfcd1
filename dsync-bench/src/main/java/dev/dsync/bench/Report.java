package dev.dsync.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the figures of a benchmark go: an option of each. */
final class Report {

    @Option(names = "--json", paramLabel = "FILE", description = "Also writes the figures here, as JSON.")
    private @Nullable Path json;

    /** Prints the table for people, and writes the figures for programs if that is wanted. */
    void tell(PrintWriter out, String table, Object figures) throws IOException {
        out.print(table);
        out.flush();
        if (json != null) {
            JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), figures);
        }
    }
}
