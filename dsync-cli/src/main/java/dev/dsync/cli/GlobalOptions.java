package dev.dsync.cli;

import dev.dsync.cli.settings.Origin;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command takes, before its name or after it. */
@Command(name = "dsync")
final class GlobalOptions {

    @Option(
            names = "--home",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "The home: key, targets, settings, state. Else $DSYNC_HOME, else the current folder.")
    private @Nullable String home;

    private boolean json;

    // An array, because a flag given before the command and again after it would switch itself off.
    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Say nothing but errors and what was asked for.")
    private boolean[] quiet = {};

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Say more; twice, say everything.")
    private boolean[] verbose = {};

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this.")
    private boolean help;

    /** A method, because a flag given before the command and again after it would switch itself off. */
    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Make standard output one JSON object.")
    void setJson(boolean given) {
        json |= given;
    }

    /** Takes the home, unless only a parser can tell what is meant. */
    boolean takesHome(String word) {
        home = word;
        return !word.isBlank() && !word.startsWith("-");
    }

    /** As {@link PlainTask#takes}. */
    boolean takes(String word) {
        switch (word) {
            case "--json" -> json = true;
            case "-q", "--quiet" -> quiet = new boolean[] {true};
            default -> {
                return false;
            }
        }
        return true;
    }

    boolean json() {
        return json;
    }

    boolean quiet() {
        return quiet.length > 0;
    }

    int verbosity() {
        return verbose.length;
    }

    boolean help() {
        return help;
    }

    void check() throws UsageException {
        if (quiet() && verbosity() > 0) {
            throw new UsageException("-q wants to hear less and -v more: give one of them");
        }
    }

    /**
     * Where the home is, and who said so.
     *
     * @throws UsageException if there is no such folder
     */
    HomeChoice home(Map<String, String> environment, Path current) throws UsageException {
        String variable = environment.getOrDefault("DSYNC_HOME", "");
        if (home != null) {
            return new HomeChoice(folder(current, home), Origin.OPTION);
        }
        return variable.isEmpty()
                ? new HomeChoice(current, Origin.DEFAULT)
                : new HomeChoice(folder(current, variable), Origin.ENVIRONMENT);
    }

    private static Path folder(Path current, String name) throws UsageException {
        try {
            Path folder = current.resolve(name).normalize();
            if (name.isBlank() || !Files.isDirectory(folder)) {
                throw new UsageException("the home \"" + name + "\" is no folder: make it, or name another");
            }
            return folder;
        } catch (InvalidPathException e) {
            throw new UsageException("the home cannot be \"" + name + "\": " + e.getReason());
        }
    }

    /** Where the home is, and who said so. */
    record HomeChoice(Path folder, Origin origin) {}
}
