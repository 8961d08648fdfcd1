package dev.dsync.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The compiled main classes of the modules, and nothing else of the class path: reading that would take far longer. */
public final class ModuleClasses {

    /** The project's folder. Surefire runs the tests of each module in the module's own folder, one below it. */
    public static final Path PROJECT = Path.of("").toAbsolutePath().getParent();

    private ModuleClasses() {}

    /** The main classes of the named modules, for example {@code dsync-core}; a module without sources has none. */
    public static JavaClasses of(String... modules) {
        List<Path> folders = Arrays.stream(modules)
                .filter(ModuleClasses::hasSources)
                .map(ModuleClasses::classFolder)
                .toList();
        return new ClassFileImporter().importPaths(folders);
    }

    private static boolean hasSources(String module) {
        Path folder = PROJECT.resolve(module);
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("no module " + module + " in " + PROJECT);
        }
        Path sources = folder.resolve("src/main/java");
        if (!Files.isDirectory(sources)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(sources)) {
            return files.anyMatch(file -> file.toString().endsWith(".java"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Path classFolder(String module) {
        Path classes = PROJECT.resolve(module).resolve("target/classes");
        if (!Files.isDirectory(classes)) {
            throw new IllegalStateException(classes + " is missing: compile " + module + " first (mvn -am)");
        }
        return classes;
    }
}
