package dev.dsync.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.architecture.ModuleClasses;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    /** A program as small as can be: what the launcher starts, without what it would do. */
    public static final class Program {

        private Program() {}

        /** Tells what it was given. */
        public static void main(String[] arguments) {
            System.out.println("got " + String.join(" ", arguments) + " in " + java.nio.charset.Charset.defaultCharset()
                    + ", terminal " + System.getProperty("dsync.terminal"));
        }
    }

    private record Run(int exit, String out, String err) {}

    @TempDir
    Path temp;

    private Path root;
    private Path tools;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void project() throws IOException {
        root = Files.createDirectory(temp.resolve("project"));
        tools = Files.createDirectory(temp.resolve("tools"));
        Files.copy(ModuleClasses.PROJECT.resolve("dsync"), root.resolve("dsync"), StandardCopyOption.COPY_ATTRIBUTES);
        for (String tool :
                List.of("sed", "readlink", "find", "mkdir", "cat", "date", "rm", "mv", "locale", "nice", "touch")) {
            for (String place : List.of("/bin", "/usr/bin")) {
                if (Files.exists(Path.of(place, tool)) && !Files.exists(tools.resolve(tool))) {
                    script(tools.resolve(tool), "exec " + Path.of(place, tool) + " \"$@\"");
                }
            }
        }
        environment.put("PATH", tools.toString());
    }

    @Test
    void missingJavaIsOneSentenceThatSaysWhatToInstall() throws Exception {
        program();
        assertSentence(run("status"), "needs Java 17 or newer", "install a JDK", "openjdk-17-jdk");
    }

    @Test
    void javaThatIsTooOldIsOneSentenceThatSaysWhichWasFound() throws Exception {
        program();
        Path old = Files.createDirectories(temp.resolve("old/bin")).getParent();
        script(old.resolve("bin/java"), "echo not to be run");
        Files.writeString(old.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"11.0.2\"\n");
        environment.put("JAVA_HOME", old.toString());
        assertSentence(run("status"), "version 11.0.2", "install a newer JDK");
    }

    @Test
    void missingMavenIsOneSentence() throws Exception {
        sources();
        environment.put("JAVA_HOME", JAVA_HOME.toString());
        assertThat(run("status").err())
                .contains("needs Apache Maven 3.8 or newer", "install it")
                .hasLineCount(3);
    }

    @Test
    void mavenThatIsTooOldIsOneSentenceThatSaysWhichWasFound() throws Exception {
        sources();
        environment.put("JAVA_HOME", JAVA_HOME.toString());
        script(tools.resolve("mvn"), "echo 'Apache Maven 3.6.3 (x)'; [ \"$1\" = -v ] || echo must not build >&2");
        assertThat(run("status").err())
                .contains("mvn is version 3.6.3", "install a newer Maven")
                .doesNotContain("must not build");
    }

    @Test
    void whatMavenSaysOfItsFailureIsToldWithoutColours() throws Exception {
        sources();
        environment.put("JAVA_HOME", JAVA_HOME.toString());
        script(
                tools.resolve("mvn"),
                "[ \"$1\" != -v ] || exec echo 'Apache Maven 3.9.9 (x)'; printf '\\033[0m\\033[1;31mno room left\\033[m\\n'; exit 1");
        assertThat(run("status").err()).contains("\nno room left\n").doesNotContain("\033");
    }

    @Test
    void javaWithoutACompilerIsOneSentence() throws Exception {
        sources();
        Path runtime = Files.createDirectories(temp.resolve("jre/bin")).getParent();
        script(runtime.resolve("bin/java"), "echo not to be run");
        Files.writeString(runtime.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
        environment.put("JAVA_HOME", runtime.toString());
        assertThat(run("status").err()).contains("without its compiler", "install the JDK");
    }

    @Test
    void classesMadeReadyForSomethingElseAreLeftAloneWithoutAWord() throws Exception {
        program();
        environment.put("JAVA_HOME", JAVA_HOME.toString());
        Run without = run("a", "b c");
        assertThat(without).isEqualTo(new Run(0, "got a b c in UTF-8, terminal false\n", ""));
        Path archive = root.resolve("start/dsync.jsa");
        Files.write(archive, new byte[1 << 16]);
        assertThat(run("a", "b c")).isEqualTo(without);
        Files.writeString(archive, "");
        assertThat(run("a", "b c")).isEqualTo(without);
    }

    @Test
    void firstRunOfABundleMakesClassesReadyForThoseAfterIt() throws Exception {
        program();
        rehearsable("exec \"$real\" \"$@\"");
        assertThat(run("a", "b c")).isEqualTo(new Run(0, "got a b c in UTF-8, terminal false\n", ""));
        assertThat(root.resolve("start.new")).doesNotExist();
        assertRunsOnlyWithClassesMadeReady();
        assertThat(rehearsals()).isOne();

        Files.setLastModifiedTime(root.resolve("dsync.jar"), java.nio.file.attribute.FileTime.fromMillis(0));
        run("x");
        assertThat(rehearsals()).as("for another jar").isEqualTo(2);
        assertRunsOnlyWithClassesMadeReady();

        root = Files.move(root, temp.resolve("moved to"));
        run("x");
        assertThat(rehearsals()).as("in another place").isEqualTo(3);
        assertRunsOnlyWithClassesMadeReady();
    }

    @Test
    void bundleThatCannotBeWrittenToUsesTheUsersCache() throws Exception {
        program();
        rehearsable("exec \"$real\" \"$@\"");
        Files.writeString(root.resolve("start.new"), "in the way, as missing permissions would be");
        Path cache = temp.resolve("cache");
        environment.put("XDG_CACHE_HOME", cache.toString());
        run("x");
        Path start = cache.resolve("dsync" + root.toRealPath() + "/start");
        assertThat(start.resolve("dsync.jsa")).exists();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(start)))
                .isEqualTo("rwx------");
        assertRunsOnlyWithClassesMadeReady();
        assertThat(rehearsals()).isOne();
    }

    @Test
    void firstRunsAtTheSameTimeDoNotHarmEachOther() throws Exception {
        program();
        rehearsable("exec \"$real\" \"$@\"");
        List<Process> first = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            first.add(start(List.of(root.resolve("dsync").toString(), "x")));
        }
        for (Process each : first) {
            assertThat(ended(each)).isEqualTo(new Run(0, "got x in UTF-8, terminal false\n", ""));
        }
        assertRunsOnlyWithClassesMadeReady();
    }

    @Test
    void rehearsalThatFailsChangesNothingAndIsNotTriedAtEachStart() throws Exception {
        program();
        rehearsable("exit 1");
        Run only = new Run(0, "got x in UTF-8, terminal false\n", "");
        assertThat(run("x")).isEqualTo(only);
        assertThat(run("x")).isEqualTo(only);
        assertThat(root.resolve("start/dsync.jsa")).doesNotExist();
        assertThat(rehearsals()).isOne();
    }

    @Test
    void bundleThatBringsItsJavaKnowsAgainWhatItMadeReady() throws Exception {
        program();
        rehearsable("exit 1");
        Files.move(temp.resolve("jdk"), root.resolve("runtime"));
        environment.remove("JAVA_HOME");
        run("x");
        run("x");
        assertThat(rehearsals()).isOne();
    }

    /** Java refuses to start without the classes if it is told to. */
    private void assertRunsOnlyWithClassesMadeReady() throws Exception {
        Map<String, String> usual = Map.copyOf(environment);
        environment.put("DSYNC_JAVA_OPTS", "-Xshare:on");
        assertThat(run("x")).isEqualTo(new Run(0, "got x in UTF-8, terminal false\n", ""));
        environment.keySet().retainAll(usual.keySet());
    }

    /** A Java that notes each rehearsal, and then does {@code instead}, with this test's program in place of dsync's. */
    private void rehearsable(String instead) throws IOException {
        Path java = Files.createDirectories(temp.resolve("jdk/bin")).getParent();
        script(
                java.resolve("bin/java"),
                String.join(
                        "\n",
                        "real='" + JAVA_HOME.resolve("bin/java") + "'",
                        "case \" $* \" in",
                        "*dev.dsync.cli.Rehearsal*) echo >> '" + temp.resolve("rehearsals") + "' ;;",
                        "*) exec \"$real\" \"$@\" ;;",
                        "esac",
                        "for word; do",
                        "    case $word in dev.dsync.cli.Rehearsal) word='" + Program.class.getName() + "' ;; esac",
                        "    set -- \"$@\" \"$word\"",
                        "    shift",
                        "done",
                        instead));
        Files.copy(JAVA_HOME.resolve("release"), java.resolve("release"));
        environment.put("JAVA_HOME", java.toString());
    }

    private long rehearsals() throws IOException {
        try (Stream<String> lines = Files.lines(temp.resolve("rehearsals"))) {
            return lines.count();
        }
    }

    @Test
    void launcherIsFoundThroughLinksAndThroughThePath() throws Exception {
        program();
        environment.put("JAVA_HOME", JAVA_HOME.toString());
        Files.createSymbolicLink(temp.resolve("link"), Path.of("project/dsync"));
        assertThat(process(List.of(temp.resolve("link").toString(), "x")).exit())
                .isZero();
        Files.createSymbolicLink(tools.resolve("dsync"), temp.resolve("link"));
        assertThat(process(List.of("/bin/sh", "-c", "dsync x")).out()).startsWith("got x");
    }

    private void program() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Program.class.getName());
        String name = Program.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(root.resolve("dsync.jar"));
                JarOutputStream jar = new JarOutputStream(file, manifest);
                InputStream code =
                        Objects.requireNonNull(Program.class.getClassLoader().getResourceAsStream(name))) {
            jar.putNextEntry(new JarEntry(name));
            code.transferTo(jar);
        }
    }

    private void sources() throws IOException {
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Files.createDirectories(root.resolve("dsync-cli/src/main"));
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void assertSentence(Run run, String... parts) {
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("dsync: ").contains(parts).hasLineCount(1);
    }

    private Run run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(root.resolve("dsync").toString()));
        command.addAll(List.of(arguments));
        return process(command);
    }

    private Run process(List<String> command) throws IOException, InterruptedException {
        return ended(start(command));
    }

    private Process start(List<String> command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectInput(Path.of("/dev/null").toFile());
        builder.environment().keySet().removeIf(name -> !name.startsWith("LC_") && !name.equals("LANG"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** What the process said, once what it left going on in the background has come to its end too. */
    private Run ended(Process process) throws IOException, InterruptedException {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        Instant end = Instant.now().plus(Duration.ofMinutes(5));
        while (isGoingOn()) {
            assertThat(Instant.now()).isBefore(end);
            LockSupport.parkNanos(10_000_000);
        }
        return new Run(process.exitValue(), out, err);
    }

    private boolean isGoingOn() throws IOException {
        try (Stream<Path> all = Files.walk(temp)) {
            return all.anyMatch(path -> path.endsWith("start.new") && Files.isDirectory(path));
        } catch (UncheckedIOException e) {
            // Something that was there has gone meanwhile.
            return true;
        }
    }
}
