package dev.dsync.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.architecture.ModuleClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The code in {@code docs/library.md} is code of the samples, which the build compiles and runs. */
class LibraryDocumentTest {

    private static final Path DOCUMENT = ModuleClasses.PROJECT.resolve("docs/library.md");

    private static Stream<String> javaBlocks() throws IOException {
        return blocks("java");
    }

    private static Stream<String> blocks(String language) throws IOException {
        return Pattern.compile("(?s)```" + language + "\n(.*?)```")
                .matcher(Files.readString(DOCUMENT))
                .results()
                .map(found -> found.group(1));
    }

    @ParameterizedTest
    @MethodSource("javaBlocks")
    void codeIsTakenFromASample(String block) throws IOException {
        try (Stream<Path> files = Files.walk(ModuleClasses.PROJECT.resolve("samples"))) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources)
                    .anySatisfy(source -> assertThat(Files.readString(source)).contains(block));
        }
    }

    @Test
    void versionIsThatOfTheProject() throws IOException {
        String version = version(Files.readString(ModuleClasses.PROJECT.resolve("dsync-bom/pom.xml")));
        assertThat(blocks("xml"))
                .isNotEmpty()
                .allSatisfy(block -> assertThat(version(block)).isEqualTo(version));
        for (String sample : List.of("embedding", "own-backend")) {
            assertThat(ModuleClasses.PROJECT.resolve("samples/" + sample + "/pom.xml"))
                    .content()
                    .contains("<dsync.version>" + version + "</dsync.version>");
        }
    }

    private static String version(String pom) {
        return Pattern.compile("<artifactId>dsync-bom</artifactId>\\s*<version>([^<]+)</version>")
                .matcher(pom)
                .results()
                .map((MatchResult found) -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void linksLeadToFiles() throws IOException {
        assertThat(Pattern.compile("\\]\\((\\.\\./[^)]+)\\)")
                        .matcher(Files.readString(DOCUMENT))
                        .results()
                        .map(found -> DOCUMENT.getParent().resolve(found.group(1))))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file).isRegularFile());
    }
}
