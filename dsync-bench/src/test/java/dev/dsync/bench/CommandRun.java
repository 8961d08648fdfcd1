package dev.dsync.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * One run of the benchmarks' program, to its end.
 *
 * @param exit its exit status
 * @param printed what it wrote for people, failures included
 */
record CommandRun(int exit, String printed) {

    static CommandRun of(String... words) {
        StringWriter printed = new StringWriter();
        int exit = new CommandLine(new Main())
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(printed))
                .execute(words);
        return new CommandRun(exit, printed.toString());
    }

    /** A run that ends well, works in {@code work}, leaves nothing there, and writes its figures to {@code json}. */
    static CommandRun well(Path work, Path json, String... words) {
        List<String> where = List.of("--work", work.toString(), "--json", json.toString());
        CommandRun run = of(Stream.concat(Stream.of(words), where.stream()).toArray(String[]::new));
        assertThat(run.exit()).as(run.printed()).isZero();
        assertThat(work).isEmptyDirectory();
        return run;
    }

    static JsonNode figures(Path json) throws IOException {
        return JsonMapper.builder().build().readTree(json.toFile());
    }
}
