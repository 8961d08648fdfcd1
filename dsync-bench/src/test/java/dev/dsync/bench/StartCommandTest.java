package dev.dsync.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@DisabledOnOs(OS.WINDOWS)
class StartCommandTest {

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
    void eachCommandIsTimedBesideJavaInAVaultOfAsManyFilesAsAskedFor() throws Exception {
        Path calls = temp.resolve("calls");
        Path stub = Files.writeString(
                temp.resolve("stub"),
                "#!/bin/sh\necho \"$*\" >> '" + calls + "'\n[ \"$1\" != sync ] || find tree -type f | wc -l >> '"
                        + calls + "'\n");
        Files.setPosixFilePermissions(stub, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path work = temp.resolve("work");
        Path json = temp.resolve("figures.json");

        int exit = run(
                "start",
                "--dsync",
                stub.toString(),
                "--files",
                "250",
                "--runs",
                "1",
                "--work",
                work.toString(),
                "--json",
                json.toString());

        assertThat(exit).as(printed.toString()).isZero();
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
        assertThat(printed.toString()).contains("a vault of 250 files", "java -version", "dsync --json ls");
        JsonNode figures = JsonMapper.builder().build().readTree(json.toFile());
        assertThat(figures.at("/commands"))
                .hasSize(4)
                .allSatisfy(
                        command -> assertThat(command.at("/ratio").asDouble()).isPositive());
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void launcherThatIsNotThereIsNamed() {
        assertThat(run("start", "--dsync", temp.resolve("none").toString())).isEqualTo(2);
        assertThat(printed.toString()).contains("none is no program");
    }
}
