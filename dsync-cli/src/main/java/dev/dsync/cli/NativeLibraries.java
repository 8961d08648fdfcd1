package dev.dsync.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The native code of SQLite and Zstandard, unpacked once. By themselves both libraries write their code into the folder
 * for temporary files at every start, and leave it there when the process is killed.
 *
 * <p>It lies in {@code native} beside the program if the build put it there, else in the user's cache, in a folder that
 * nobody else may write to. A file that somebody else could have written is not loaded. Where nothing can be unpacked,
 * the libraries do it in their own way.
 */
final class NativeLibraries {

    /** Its folder beside the program. */
    static final String FOLDER = "native";

    private static final Set<PosixFilePermission> WRITTEN_BY_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path folder;
    private final boolean ofProgram;
    private final Consumer<Path> loader;
    private final NativeCode sqlite = NativeCode.sqlite();
    private final NativeCode zstd = NativeCode.zstd();

    private NativeLibraries(Path folder, boolean ofProgram, Consumer<Path> loader) {
        this.folder = folder.toAbsolutePath().normalize();
        this.ofProgram = ofProgram;
        this.loader = loader;
    }

    private static void load(Path file) {
        System.load(file.toString());
    }

    /** The same, loaded in another way: one process must never load two copies of one library. */
    NativeLibraries loadedBy(Consumer<Path> otherLoader) {
        return new NativeLibraries(folder, ofProgram, otherLoader);
    }

    /** Those in a folder of the user, who alone may write to it. */
    static NativeLibraries ofUser(Path folder) {
        return new NativeLibraries(folder, false, NativeLibraries::load);
    }

    /** Those in a folder of the program: whoever can change it can change the program too. */
    static NativeLibraries ofProgram(Path folder) {
        return new NativeLibraries(folder, true, NativeLibraries::load);
    }

    /** Those of the program that {@code java -jar} started; none if it was started in another way. */
    static Optional<NativeLibraries> find(String classPath, Map<String, String> environment) {
        if (!classPath.endsWith(".jar") || classPath.contains(System.getProperty("path.separator"))) {
            return Optional.empty();
        }
        Path beside = Path.of(classPath).toAbsolutePath().resolveSibling(FOLDER);
        return Files.isDirectory(beside)
                ? Optional.of(ofProgram(beside))
                : cache(environment).map(cache -> ofUser(cache.resolve(FOLDER)));
    }

    /** The user's folder for what can be made again. */
    private static Optional<Path> cache(Map<String, String> environment) {
        for (String variable : List.of("XDG_CACHE_HOME", "LOCALAPPDATA")) {
            String set = environment.getOrDefault(variable, "");
            if (!set.isEmpty() && Path.of(set).isAbsolute()) {
                return Optional.of(Path.of(set, "dsync"));
            }
        }
        String home = environment.getOrDefault("HOME", "");
        return home.isEmpty() ? Optional.empty() : Optional.of(Path.of(home, ".cache", "dsync"));
    }

    /** Makes both libraries load their code from here; unpacks it first where that was not done yet. */
    void use() {
        try {
            if (!isReady()) {
                if (ofProgram) {
                    return;
                }
                unpack();
            }
        } catch (IOException | UnsatisfiedLinkError e) {
            // A folder that cannot be written to or run from only makes each start take longer.
            return;
        }
        System.setProperty("org.sqlite.lib.path", folder.toString());
        System.setProperty("org.sqlite.lib.name", sqlite.file());
        // SQLite looks there for what killed processes left behind, and here is little to look at.
        System.setProperty("org.sqlite.tmpdir", folder.toString());
        System.setProperty("ZstdNativePath", folder.resolve(zstd.file()).toString());
    }

    /**
     * Writes what this machine needs, and loads it to see that it can be.
     *
     * @throws IOException if it cannot be written, or somebody else could change it
     * @throws UnsatisfiedLinkError if it cannot be loaded from there
     */
    void unpack() throws IOException {
        Files.createDirectories(folder, onlyMine());
        unpack(sqlite);
        unpack(zstd);
        if (!isReady()) {
            throw new IOException(folder + " can be written to by others");
        }
    }

    private void unpack(NativeCode code) throws IOException {
        UnsatisfiedLinkError failure = new UnsatisfiedLinkError("no native code for this machine: " + code);
        for (String resource : code.resources()) {
            if (write(resource, folder.resolve(code.file()))) {
                try {
                    loader.accept(folder.resolve(code.file()));
                    return;
                } catch (UnsatisfiedLinkError e) {
                    Files.deleteIfExists(folder.resolve(code.file()));
                    failure = e;
                }
            }
        }
        throw failure;
    }

    /** Whole or not at all: another process may start at the same moment. Says whether there is such code. */
    private boolean write(String resource, Path file) throws IOException {
        try (InputStream in = NativeLibraries.class.getResourceAsStream(resource)) {
            if (in == null) {
                return false;
            }
            Path next = Files.createTempFile(folder, "next", ".part");
            try {
                Files.copy(in, next, StandardCopyOption.REPLACE_EXISTING);
                if (isPosix()) {
                    Files.setPosixFilePermissions(
                            next, PosixFilePermissions.fromString(ofProgram ? "rwxr-xr-x" : "rwx------"));
                }
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(next);
            }
            return true;
        }
    }

    private boolean isReady() throws IOException {
        return isReady(sqlite) && isReady(zstd) && (ofProgram || isOnlyMine(folder));
    }

    private boolean isReady(NativeCode code) throws IOException {
        Path file = folder.resolve(code.file());
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && (ofProgram || isOnlyMine(file));
    }

    private static boolean isOnlyMine(Path path) throws IOException {
        if (!isPosix()) {
            return true;
        }
        PosixFileAttributes found = Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return found.owner().getName().equals(System.getProperty("user.name"))
                && found.permissions().stream().noneMatch(WRITTEN_BY_OTHERS::contains);
    }

    private FileAttribute<?>[] onlyMine() {
        return isPosix()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(ofProgram ? "rwxr-xr-x" : "rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
