package dev.dsync.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.architecture.ModuleClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** That the launcher for Windows, which nothing here can run, does what the other does. */
class LaunchersTest {

    private static final Pattern OPTION = Pattern.compile("(?:-X|-D|--enable)[^\\s\"]*");

    /** What one of them can find out and the other cannot, and where files are. */
    private static final Pattern OWN = Pattern.compile("-Ddsync\\..*|-Djdk\\.console=.*|.*[$%].*");

    private final String unix = read("dsync").replace("\\\n", " ");
    private final String windows = read("dsync.cmd");

    private static String read(String launcher) {
        try {
            return Files.readString(ModuleClasses.PROJECT.resolve(launcher)).replace("\r", "");
        } catch (IOException e) {
            throw new IllegalStateException(launcher + " cannot be read", e);
        }
    }

    @Test
    void javaRunsTheProgramWithTheSameOptions() {
        assertThat(options(line(windows, "-jar"))).hasSizeGreaterThan(8).isEqualTo(options(line(unix, "-jar")));
    }

    @Test
    void classesAreMadeReadyInTheSameWay() {
        for (String step : List.of("Rehearsal", "-Xshare:dump")) {
            assertThat(options(line(windows, step))).isNotEmpty().isEqualTo(options(line(unix, step)));
        }
    }

    @Test
    void wordsThatOnlyLookThingsUpAreTheSame() {
        Set<String> words =
                new TreeSet<>(List.of(found(windows, "for %%w in \\(([^)]*)\\)").split(" ")));
        assertThat(words)
                .contains("ls", "status")
                .isEqualTo(new TreeSet<>(List.of(
                        found(unix, "(--help [^)]*ls[^)]*)\\)").replace("|", "").split(" +"))));
        assertThat(options(line(windows, "set \"quickly=-X"))).isEqualTo(options(line(unix, "echo -XX:Tiered")));
    }

    @Test
    void versionsOfJavaAndMavenAreTheSame() {
        assertThat(found(windows, "%major% lss (\\d+)")).isEqualTo(found(unix, "-ge (\\d+)"));
        assertThat(found(windows, "if %%b lss (\\d+)")).isEqualTo(found(unix, "-lt (\\d+)"));
        for (String launcher : List.of(unix, windows)) {
            assertThat(launcher).contains("needs Java 17 or newer", "needs Apache Maven 3.8 or newer to build");
        }
    }

    private static String line(String text, String part) {
        return text.lines()
                .filter(line -> line.contains(part) && line.contains("-X") && !line.startsWith("#"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line with " + part));
    }

    private static Set<String> options(String line) {
        Set<String> options = new TreeSet<>();
        OPTION.matcher(line)
                .results()
                .map(MatchResult::group)
                .filter(option -> !OWN.matcher(option).matches())
                .map(option -> option.replaceAll("=$", ""))
                .forEach(options::add);
        return options;
    }

    private static String found(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing like " + pattern))
                .group(1);
    }
}
