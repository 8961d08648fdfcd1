package dev.dsync.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dsync.architecture.ModuleClasses;
import dev.dsync.cli.InProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentedCommandsTest {

    private static final Path PROJECT = ModuleClasses.PROJECT;

    @TempDir
    Path folder;

    @Test
    void launcherThatTheDocumentsCallCanBeRun() {
        assertThat(PROJECT.resolve("dsync")).isExecutable();
        assertThat(PROJECT.resolve("dsync.cmd")).isRegularFile();
    }

    @Test
    void readmeOpensWithTheCommandThatSyncsAndTheOneThatTests() throws IOException {
        List<String> lines = new Documents(PROJECT)
                .shellLines(PROJECT.resolve("README.md")).stream()
                        .map(Documents.Line::text)
                        .filter(line -> !line.isEmpty())
                        .toList();
        assertThat(lines).startsWith("./dsync sync --folder docs", "mvn -B verify");
        assertThat(PROJECT.resolve(".ci/run")).content().contains("mvn -B verify");
    }

    @Test
    void everyDocumentedCommandCanBeReadWithoutAShell() throws IOException {
        Documents documents = new Documents(PROJECT);
        List<DocumentedCommand> commands = new ArrayList<>();
        for (Path file : documents.files()) {
            commands.addAll(documents.commands(file));
        }
        assertThat(commands).extracting(command -> command.arguments().get(0)).contains("sync", "restore", "recover");
    }

    static List<Path> documents() throws IOException {
        return new Documents(PROJECT).files();
    }

    /** In a home that has the project's own documents to keep safe; after the README each has been synced before. */
    @ParameterizedTest
    @MethodSource("documents")
    void everyDocumentedCommandDoesWhatTheReaderWants(Path document) throws Exception {
        Path docs = Files.createDirectories(folder.resolve("docs"));
        for (Path file : documents()) {
            Files.copy(file, docs.resolve(file.getFileName()));
        }
        if (!document.endsWith("README.md")) {
            assertThat(InProcess.run(folder, List.of("sync", "--folder", "docs")))
                    .isZero();
        }
        try (DocumentedEmulator emulator = new DocumentedEmulator(PROJECT, document, folder)) {
            assertThat(emulator.started()).as("an emulator").isEqualTo(document.endsWith("discord.md"));
            new DocumentedRun(InProcess::run).inHome(folder, new Documents(PROJECT).commands(document));
        }
    }

    @Test
    void commandsAreFoundInShellBlocksOnlyAndInTheirOrder() throws IOException {
        Path readme = Files.writeString(folder.resolve("README.md"), """
                ./dsync not-in-a-block
                ```sh
                ./dsync sync --folder "my docs"   # the first time
                mvn -B verify
                ./dsync
                ```
                ```java
                ./dsync not-a-shell-block
                ```
                ```sh
                  ./dsync cat 'a b.txt'
                ```
                """);
        assertThat(new Documents(folder).commands(readme))
                .containsExactly(
                        new DocumentedCommand("README.md", 3, List.of("sync", "--folder", "my docs")),
                        new DocumentedCommand("README.md", 5, List.of()),
                        new DocumentedCommand("README.md", 11, List.of("cat", "a b.txt")));
    }

    @Test
    void commandThatNeedsAShellIsRefusedWithItsPlace() throws IOException {
        Path readme = Files.writeString(folder.resolve("README.md"), "```sh\n./dsync cat a > b\n```\n");
        assertThatThrownBy(() -> new Documents(folder).commands(readme))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("README.md:2")
                .hasMessageContaining(">");
    }

    @Test
    void blockThatIsNeverClosedIsRefused() throws IOException {
        Path readme = Files.writeString(folder.resolve("README.md"), "```sh\n./dsync status\n");
        assertThatThrownBy(() -> new Documents(folder).commands(readme)).hasMessageContaining("leaves a block open");
    }

    @Test
    void runStopsAtTheFirstCommandThatFailsAndNamesIt() {
        List<DocumentedCommand> commands = List.of(
                new DocumentedCommand("README.md", 1, List.of("sync")),
                new DocumentedCommand("README.md", 2, List.of("restore", "x")),
                new DocumentedCommand("README.md", 3, List.of("status")));
        List<String> ran = new ArrayList<>();
        DocumentedRun run = new DocumentedRun((home, arguments) -> {
            ran.add(arguments.get(0));
            return arguments.contains("x") ? 2 : 0;
        });
        assertThatThrownBy(() -> run.inHome(folder, commands))
                .isInstanceOf(AssertionError.class)
                .hasMessage("README.md:2: ./dsync restore x exits with 2");
        assertThat(ran).containsExactly("sync", "restore");
    }
}
