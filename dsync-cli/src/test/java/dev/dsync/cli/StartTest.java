package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StartTest {

    private static final String SQLITE = "org.sqlite.lib.name";

    /** Two copies of one library in a process would be mixed up: what is unpacked here is loaded by nobody. */
    private static final Consumer<Path> UNLOADED = file -> {};

    @TempDir
    Path temp;

    private final Properties properties = new Properties();

    @BeforeEach
    void keepProperties() {
        properties.putAll(System.getProperties());
    }

    @AfterEach
    void restoreProperties() {
        System.setProperties(properties);
    }

    /** Otherwise the program would be built without the classes made ready, which nobody notices but by the clock. */
    @Test
    void rehearsalOfABuildGoesWellAndLeavesNativeCodeAlone() throws Exception {
        Process rehearsal = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Rehearsal.class.getName(),
                        temp.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(rehearsal.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(rehearsal.waitFor()).as(said).isZero();
        assertThat(names(temp)).containsExactly("native");
        assertThat(names(temp.resolve("native"))).hasSize(2).allMatch(name -> name.startsWith("lib"));
    }

    @Test
    void nativeCodeIsUnpackedOnce() throws IOException {
        Path folder = temp.resolve("cache/native");
        NativeLibraries.ofUser(folder).loadedBy(UNLOADED).use();
        Path library = folder.resolve(System.getProperty(SQLITE));
        FileTime longAgo = FileTime.fromMillis(0);
        Files.setLastModifiedTime(library, longAgo);
        NativeLibraries.ofUser(folder).loadedBy(UNLOADED).use();
        assertThat(Files.getLastModifiedTime(library)).isEqualTo(longAgo);
        assertThat(names(folder)).hasSize(2);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void nativeCodeLiesInAFolderThatNobodyElseMayEnter() throws IOException {
        Path folder = temp.resolve("cache/native");
        NativeLibraries.ofUser(folder).loadedBy(UNLOADED).use();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void nativeCodeThatSomebodyElseCouldHaveWrittenIsNotLoaded() throws IOException {
        Path folder = temp.resolve("cache/native");
        NativeLibraries.ofUser(folder).loadedBy(UNLOADED).use();
        Path library = folder.resolve(System.getProperty(SQLITE));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        System.clearProperty(SQLITE);
        NativeLibraries.ofUser(folder).loadedBy(UNLOADED).use();
        assertThat(System.getProperty(SQLITE)).isNull();

        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(library, PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.writeString(library, "not written by dsync");
        NativeLibraries.ofUser(folder).loadedBy(UNLOADED).use();
        assertThat(Files.size(library)).isGreaterThan(100_000);
    }

    @Test
    void programWithoutNativeCodeUsesTheUsersCache() throws IOException {
        Path jar = Files.createFile(temp.resolve("dsync.jar"));
        Map<String, String> environment =
                Map.of("XDG_CACHE_HOME", temp.resolve("cache").toString());
        NativeLibraries.find(jar.toString(), environment)
                .orElseThrow()
                .loadedBy(UNLOADED)
                .use();
        assertThat(names(temp.resolve("cache/dsync/native"))).hasSize(2);
        Files.createDirectory(temp.resolve("native"));
        System.clearProperty(SQLITE);
        NativeLibraries.find(jar.toString(), environment)
                .orElseThrow()
                .loadedBy(UNLOADED)
                .use();
        assertThat(System.getProperty(SQLITE))
                .as("an empty folder of the program")
                .isNull();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
