package dev.dsync.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * One library of native code inside its jar.
 *
 * @param file what it is called outside, with its version and the machine it is for
 * @param resources where in the jar it may be, the likeliest first
 */
record NativeCode(String file, List<String> resources) {

    private static final Map<String, String> SQLITE_ARCH = Map.of("amd64", "x86_64");
    private static final Map<String, String> ZSTD_ARCH_OF_MAC = Map.of("amd64", "x86_64");

    NativeCode {
        resources = List.copyOf(resources);
    }

    /** SQLite, for this machine. */
    static NativeCode sqlite() {
        String name = System.mapLibraryName("sqlitejdbc");
        String arch = SQLITE_ARCH.getOrDefault(arch(), arch());
        List<String> systems = switch (system()) {
            case "windows" -> List.of("Windows");
            case "mac" -> List.of("Mac");
            // Which C library there is shows when one of them can be loaded.
            default -> List.of("Linux", "Linux-Musl");
        };
        return new NativeCode(
                outside("sqlite", version(0)),
                systems.stream()
                        .map(system -> "/org/sqlite/native/" + system + '/' + arch + '/' + name)
                        .toList());
    }

    /** Zstandard, for this machine. */
    static NativeCode zstd() {
        String folder = switch (system()) {
            case "windows" -> "win/" + arch();
            case "mac" -> "darwin/" + ZSTD_ARCH_OF_MAC.getOrDefault(arch(), arch());
            default -> "linux/" + arch();
        };
        return new NativeCode(
                outside("zstd", version(1)), List.of('/' + folder + "/libzstd-jni-" + version(1) + suffix()));
    }

    private static String outside(String library, String version) {
        // SQLite's own name would not do: it deletes files of that name that nobody has marked as in use.
        return "lib" + library + '-' + version + '-' + system() + '-' + arch() + suffix();
    }

    private static String suffix() {
        String name = System.mapLibraryName("");
        return name.substring(name.lastIndexOf('.'));
    }

    /** How a place in the file system names what this machine runs. */
    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("windows") ? "windows" : name.startsWith("mac") ? "mac" : name.replace(' ', '-');
    }

    private static String arch() {
        return System.getProperty("os.arch");
    }

    /** The version of a library, written into a resource when the jar is built. */
    private static String version(int number) {
        try (InputStream versions = Objects.requireNonNull(NativeCode.class.getResourceAsStream("native.txt"))) {
            return new String(versions.readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .split(" ")[number];
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
