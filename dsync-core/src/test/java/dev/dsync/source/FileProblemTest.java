package dev.dsync.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileProblemTest {

    @Test
    void typesOfJavaAreToldInWordsWithoutNameOrPath() {
        List<IOException> problems = List.of(
                new AccessDeniedException("/x"),
                new NoSuchFileException("/x"),
                new NotDirectoryException("/x"),
                new NotLinkException("/x"),
                new FileAlreadyExistsException("/x"),
                new DirectoryNotEmptyException("/x"),
                new FileSystemLoopException("/x"),
                new AtomicMoveNotSupportedException("/x", "/y", "Invalid cross-device link"),
                new MalformedInputException(1),
                new FileSystemException("/x", null, "Is a directory"),
                new IOException("Input/output error"));
        assertThat(problems)
                .extracting(FileProblem::inWords)
                .doesNotHaveDuplicates()
                .allSatisfy(
                        words -> assertThat(words).matches("[a-z][a-z ,;:()-]+").doesNotContain("Exception", "/x"));
    }

    @Test
    void wordsOfTheSystemThatAreNotKnownStay() {
        assertThat(FileProblem.inWords(new FileSystemException("/x", null, "Kein Speicher")))
                .isEqualTo("Kein Speicher");
        assertThat(FileProblem.inWords(new IOException())).contains("no reason", "IOException");
    }

    @Test
    void whatThisSystemSaysIsKnown(@TempDir Path folder) throws IOException {
        assertThat(problem(() -> Files.readAllBytes(folder))).isEqualTo("is a folder");
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(problem(() -> Files.createDirectory(file))).isEqualTo("something else is there already");
        assertThat(problem(() -> Files.createFile(file.resolve("below")))).contains("a file is in the way");
        assertThat(problem(() -> Files.createFile(folder.resolve("x".repeat(300)))))
                .contains("so long a name");
        assertThat(problem(() -> Files.delete(folder))).contains("not empty");
    }

    private interface Step {
        void run() throws IOException;
    }

    private static String problem(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            return FileProblem.inWords(e);
        }
        throw new AssertionError("went well");
    }
}
