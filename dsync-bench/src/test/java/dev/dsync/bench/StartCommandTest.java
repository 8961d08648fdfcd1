package dev.dsync.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class StartCommandTest {

    @TempDir
    Path temp;

    @Test
    void eachCommandIsTimedBesideJavaInAVaultOfAsManyFilesAsAskedFor() throws Exception {
        Path calls = temp.resolve("calls");
        Path stub = Files.writeString(
                temp.resolve("stub"),
                "#!/bin/sh\necho \"$*\" >> '" + calls + "'\n[ \"$1\" != sync ] || find tree -type f | wc -l >> '"
                        + calls + "'\n");
        Files.setPosixFilePermissions(stub, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path work = temp.resolve("work");
        Path json = temp.resolve("figures.json");

        CommandRun run =
                CommandRun.well(work, json, "start", "--dsync", stub.toString(), "--files", "250", "--runs", "1");

        assertThat(Files.readAllLines(calls).stream().map(String::strip))
                .containsExactly(
                        "sync --folder tree",
                        "250",
                        "--version",
                        "--version",
                        "ls",
                        "ls",
                        "--json ls",
                        "--json ls",
                        "status",
                        "status");
        assertThat(run.printed()).contains("a vault of 250 files", "java -version", "dsync --json ls");
        JsonNode figures = CommandRun.figures(json);
        assertThat(figures.at("/commands"))
                .hasSize(4)
                .allSatisfy(
                        command -> assertThat(command.at("/ratio").asDouble()).isPositive());
    }

    @Test
    void launcherThatIsNotThereIsNamed() {
        CommandRun run = CommandRun.of("start", "--dsync", temp.resolve("none").toString());
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.printed()).contains("none is no program");
    }
}
