package dev.dsync.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CatalogCommandTest {

    @TempDir
    Path temp;

    private final StringWriter printed = new StringWriter();

    private int run(String... words) {
        return new CommandLine(new Main())
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(printed))
                .execute(words);
    }

    @Test
    void figuresAreOfAsManyFilesAndChunksAsAskedForAndNothingStaysBehind() throws Exception {
        Path work = temp.resolve("work");
        Path json = temp.resolve("figures.json");

        int exit = run(
                "catalog",
                "--here",
                "--files",
                "1050",
                "--chunks",
                "4000",
                "--work",
                work.toString(),
                "--json",
                json.toString());

        assertThat(exit).as(printed.toString()).isZero();
        assertThat(printed.toString())
                .contains("1,050 files of 4,000 chunks, 8 in a pack, 8 commits", "bytes a file", "of heap");
        JsonNode figures = JsonMapper.builder().build().readTree(json.toFile());
        assertThat(figures.at("/files").asInt()).isEqualTo(1050);
        assertThat(figures.at("/chunks").asInt()).isEqualTo(4000);
        assertThat(figures.at("/databaseBytesPerFile").asDouble()).isBetween(300.0, 600.0);
        assertThat(figures.at("/fileBytes").asDouble()).isBetween(90.0, 250.0);
        assertThat(figures.at("/chunkBytes").asDouble()).isBetween(40.0, 110.0);
        assertThat(figures.at("/memory/heapBytes").asLong()).isPositive();
        assertThat(figures.at("/steps"))
                .hasSizeGreaterThan(10)
                .allSatisfy(step -> assertThat(step.at("/perSecond").asDouble()).isPositive());
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void sizesThatCannotBeAreNamed() {
        assertThat(run("catalog", "--files", "0")).isEqualTo(2);
        assertThat(printed.toString()).contains("--files is 1 at least, not 0");
    }
}
