package dev.dsync.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.architecture.ModuleClasses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must never reach a repository: webhook URLs, keys, and whatever else a home holds. */
class RepositoryFilesTest {

    private static final Path PROJECT = ModuleClasses.PROJECT;

    /** What git tracks, not the working copy: that one may rightly hold a developer's own targets. */
    @Test
    void trackedTemplateOfTargetsIsAllComments() throws Exception {
        assertThat(git("show", ":webhooks.txt").output().lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).startsWith("#").doesNotContain("://"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".encryption_key",
                ".encryption_key.old",
                "other/.encryption_key",
                ".dsync/catalog.db",
                "d-synced/photo.jpg",
                "storage/ab/blob",
                "logs/upload",
                "files.json",
                "folders.json",
                "files.json.tmp",
                "dsync.toml",
                "recovery-sheet.txt",
                "sheet/recovery-sheet.svg",
                "webhooks.txt.bak",
                "webhooks.txt~"
            })
    void whatAHomeHoldsIsIgnored(String file) throws Exception {
        assertThat(git("check-ignore", "--no-index", file).status())
                .as("%s is covered by .gitignore", file)
                .isZero();
    }

    private static Result git(String... arguments) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.exists(PROJECT.resolve(".git")), "the sources lie in a git repository");
        // A build server's checkout often belongs to another user, which git refuses unless told otherwise.
        List<String> command = new ArrayList<>(List.of("git", "-c", "safe.directory=*"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(PROJECT.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), output);
    }

    private record Result(int status, String output) {}
}
