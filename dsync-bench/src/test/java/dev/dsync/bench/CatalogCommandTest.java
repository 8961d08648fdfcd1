package dev.dsync.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogCommandTest {

    @TempDir
    Path temp;

    @Test
    void figuresAreOfAsManyFilesAndChunksAsAskedForAndNothingStaysBehind() throws Exception {
        Path work = temp.resolve("work");
        Path json = temp.resolve("figures.json");

        CommandRun run = CommandRun.well(work, json, "catalog", "--here", "--files", "1050", "--chunks", "4000");

        assertThat(run.printed())
                .contains("1,050 files of 4,000 chunks, 8 in a pack, 8 commits", "bytes a file", "of heap");
        JsonNode figures = CommandRun.figures(json);
        assertThat(figures.at("/files").asInt()).isEqualTo(1050);
        assertThat(figures.at("/chunks").asInt()).isEqualTo(4000);
        assertThat(figures.at("/databaseBytesPerFile").asDouble()).isBetween(300.0, 600.0);
        assertThat(figures.at("/fileBytes").asDouble()).isBetween(90.0, 250.0);
        assertThat(figures.at("/chunkBytes").asDouble()).isBetween(40.0, 110.0);
        assertThat(figures.at("/memory/heapBytes").asLong()).isPositive();
        assertThat(figures.at("/steps"))
                .hasSizeGreaterThan(10)
                .allSatisfy(step -> assertThat(step.at("/perSecond").asDouble()).isPositive());
    }

    @Test
    void sizesThatCannotBeAreNamed() {
        CommandRun run = CommandRun.of("catalog", "--files", "0");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.printed()).contains("--files is 1 at least, not 0");
    }
}
