import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes what people download, as one source file that {@code java} runs: {@code dsync-VERSION.zip}, which runs wherever
 * there is a Java, and, where {@code jlink} is there, {@code dsync-VERSION-SYSTEM-ARCH.zip}, which needs none. Both are then
 * unpacked elsewhere and tried.
 *
 * <p>Arguments: the project's folder, the folder with {@code dsync.jar} and {@code lib}, the version.
 */
public final class Bundle {

    /**
     * The modules of Java that dsync and its libraries use. jdeps cannot tell: it takes the libraries for modules, of
     * which some name others by names that those do not have.
     */
    private static final String MODULES = String.join(
            ",",
            "java.base",
            "java.instrument",
            "java.logging",
            "java.management",
            "java.naming",
            "java.net.http",
            "java.security.jgss",
            "java.sql",
            "java.xml",
            // Ciphers of TLS, which are looked up by name; and signals.
            "jdk.crypto.ec",
            "jdk.unsupported");

    private static final boolean WINDOWS = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");

    /** What lies at the top beside the jars, as it does in the project. */
    private static final List<String> PROGRAM = List.of("dsync", "dsync.cmd", "LICENSE", "README.md", "CHANGELOG.md", "webhooks.txt");

    private final Path project;
    private final Path target;
    private final String version;
    private final Path work;

    private Bundle(Path project, Path target, String version) {
        this.project = project;
        this.target = target;
        this.version = version;
        this.work = target.resolve("bundle");
    }

    public static void main(String[] arguments) throws Exception {
        new Bundle(Path.of(arguments[0]), Path.of(arguments[1]), arguments[2]).make();
    }

    private void make() throws Exception {
        delete(work);
        Path plain = Files.createDirectories(work.resolve("dsync-" + version));
        copyProgram(plain);
        System.out.println("handbook: " + run(plain, Map.of(), java(), "-cp", plain.resolve("dsync.jar").toString(),
                "dev.dsync.cli.Handbook", plain.toString()));
        requireContents(plain, Set.of());
        tryOut(zip(plain), Optional.of(Path.of(System.getProperty("java.home"))));
        if (ToolProvider.findFirst("jlink").isEmpty()) {
            System.out.println("no jlink in this Java: no bundle that needs none");
            return;
        }
        String machine = (System.getProperty("os.name") + '-' + System.getProperty("os.arch")).toLowerCase(Locale.ROOT).replace(' ', '-');
        Path whole = work.resolve(plain.getFileName() + "-" + machine);
        copy(plain, whole);
        tool("jlink", "--add-modules", MODULES, "--strip-debug", "--no-man-pages",
                "--no-header-files", "--compress=2", "--output", whole.resolve("runtime").toString());
        requireContents(whole, Set.of("runtime"));
        tryOut(zip(whole), Optional.empty());
    }

    /** What people download holds what they were promised, and nothing that lay about. */
    private void requireContents(Path folder, Set<String> also) throws IOException {
        Set<String> wanted = new TreeSet<>(PROGRAM);
        wanted.addAll(List.of("docs", "dsync.jar", "lib", "man", "completions"));
        wanted.addAll(also);
        expect(wanted.toString(), names(folder).toString());
        Set<String> libraries = names(folder.resolve("lib"));
        expect(names(target.resolve("lib")).toString(), libraries.toString());
        for (String module : List.of("core", "metadata", "discord", "web")) {
            if (!libraries.contains("dsync-" + module + '-' + version + ".jar")) {
                throw new IllegalStateException("dsync-" + module + " is not among " + libraries);
            }
        }
        for (String file : List.of("man/man1/dsync.1", "man/man1/dsync-sync.1", "completions/dsync.bash", "docs/recovery.md")) {
            if (!Files.isRegularFile(folder.resolve(file))) {
                throw new IllegalStateException(file + " is missing");
            }
        }
        if (!Files.isExecutable(folder.resolve("dsync"))) {
            throw new IllegalStateException("dsync cannot be run");
        }
        try (Stream<String> lines = Files.lines(folder.resolve("webhooks.txt"))) {
            lines.filter(line -> !line.isBlank() && !line.startsWith("#")).findFirst().ifPresent(line -> {
                throw new IllegalStateException("webhooks.txt names a target");
            });
        }
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private void copyProgram(Path to) throws IOException {
        for (String name : PROGRAM) {
            Files.copy(project.resolve(name), to.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
        }
        copy(project.resolve("docs"), to.resolve("docs"));
        Files.copy(target.resolve("dsync.jar"), to.resolve("dsync.jar"));
        copy(target.resolve("lib"), to.resolve("lib"));
    }

    private static String tool(String name, String... arguments) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out, true);
        int exit = ToolProvider.findFirst(name).orElseThrow().run(writer, writer, arguments);
        if (exit != 0) {
            throw new IllegalStateException(name + " ended with " + exit + ": " + out);
        }
        return out.toString();
    }

    private Path zip(Path folder) throws IOException {
        Path zip = target.resolve(folder.getFileName() + ".zip");
        Files.deleteIfExists(zip);
        URI uri = URI.create("jar:" + zip.toUri());
        try (FileSystem files = FileSystems.newFileSystem(uri, Map.of("create", "true", "enablePosixFileAttributes", "true"));
                Stream<Path> all = Files.walk(folder)) {
            for (Path from : all.sorted().toList()) {
                Path to = files.getPath("/" + folder.getFileName().resolve(folder.relativize(from)).toString().replace('\\', '/'));
                if (Files.isDirectory(from)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(from, to);
                    Files.setPosixFilePermissions(to, mode(from));
                }
            }
        }
        System.out.printf(Locale.ROOT, "%s, %.1f MB%n", zip, Files.size(zip) / 1e6);
        return zip;
    }

    private static Set<PosixFilePermission> mode(Path file) {
        return PosixFilePermissions.fromString(Files.isExecutable(file) ? "rwxr-xr-x" : "rw-r--r--");
    }

    /** Unpacks it into a folder with a blank in its name, and keeps something safe with it. */
    private void tryOut(Path zip, Optional<Path> javaHome) throws Exception {
        Path place = Files.createTempDirectory("dsync bundle");
        try {
            Path program = unpack(zip, place);
            Path home = Files.createDirectories(place.resolve("a home"));
            Files.createDirectory(home.resolve("tree"));
            Files.writeString(home.resolve("tree/file.txt"), "kept");
            String dsync = program.resolve(WINDOWS ? "dsync.cmd" : "dsync").toString();
            Map<String, String> environment = javaHome.map(java -> Map.of("JAVA_HOME", java.toString())).orElse(Map.of());
            expect("dsync " + version, run(home, environment, dsync, "--version"));
            requireReadyClasses(program, home, environment);
            Path moved = Files.move(program, place.resolve("moved"));
            dsync = moved.resolve(Path.of(dsync).getFileName()).toString();
            expect("dsync " + version, run(home, environment, dsync, "--version"));
            requireReadyClasses(moved, home, environment);
            run(home, environment, dsync, "sync", "--folder", "tree");
            run(home, environment, dsync, "restore", "--to", "back");
            expect("kept", Files.readString(home.resolve("back/file.txt")));
            run(home, environment, dsync, "check", "--read-data");
            if (javaHome.isEmpty()) {
                String found = run(home, Map.of("DSYNC_JAVA_OPTS", "-XshowSettings:properties"), dsync, "--version");
                if (!found.contains("java.home = " + moved.resolve("runtime").toRealPath())) {
                    throw new IllegalStateException("it does not run with its own Java: " + found);
                }
            }
            System.out.println(zip.getFileName() + " works");
        } catch (Exception failure) {
            // Said at once: what goes on in the background may keep the folder from being deleted.
            System.out.println(zip.getFileName() + " does not work: " + failure.getMessage());
            throw failure;
        } finally {
            delete(place);
        }
    }

    /** The first run leaves them, a while after its own end; Java refuses to start without if it is told to. */
    private static void requireReadyClasses(Path program, Path home, Map<String, String> environment) throws Exception {
        if (WINDOWS) {
            return;
        }
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (Files.exists(program.resolve("start.new"))) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("its classes are not ready after two minutes");
            }
            Thread.sleep(100);
        }
        Map<String, String> only = new HashMap<>(environment);
        only.put("DSYNC_JAVA_OPTS", "-Xshare:on");
        run(home, only, program.resolve("dsync").toString(), "--version");
        if (!names(program.resolve("start")).equals(Set.of("dsync.jsa", "for")) || names(program.resolve("native")).size() != 2) {
            throw new IllegalStateException("its classes are not ready");
        }
    }

    private static void expect(String wanted, String found) {
        if (!found.strip().equals(wanted)) {
            throw new IllegalStateException("wanted \"" + wanted + "\", found \"" + found + '"');
        }
    }

    private static Path unpack(Path zip, Path place) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(URI.create("jar:" + zip.toUri()), Map.of("enablePosixFileAttributes", "true"));
                Stream<Path> all = Files.walk(files.getPath("/"))) {
            for (Path from : all.sorted().toList()) {
                Path to = place.resolve(from.toString().substring(1));
                if (Files.isDirectory(from)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(from, to);
                    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                        Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
                    }
                }
            }
        }
        try (Stream<Path> top = Files.list(place)) {
            return top.findFirst().orElseThrow();
        }
    }

    /** Runs it with nothing of this process's environment but what finding programs takes. */
    private static String run(Path folder, Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        String path = System.getenv().getOrDefault("PATH", "");
        builder.environment().keySet().removeIf(name -> name.startsWith("DSYNC_") || name.startsWith("JAVA") || name.startsWith("MAVEN"));
        builder.environment().put("PATH", path);
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IllegalStateException(Arrays.toString(command) + " ended with " + process.exitValue() + ": " + output);
        }
        return output;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Files.copy(one, to.resolve(from.relativize(one).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }
}
