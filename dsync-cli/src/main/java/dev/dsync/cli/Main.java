package dev.dsync.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** Where the process starts. */
@Command(
        name = "dsync",
        description = "Keeps a folder safe, encrypted and versioned, on storage you already have.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    /** The project's version, written into a resource when the jar is built. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            try (InputStream version = Objects.requireNonNull(Main.class.getResourceAsStream("version.txt"))) {
                return new String[] {"dsync " + new String(version.readAllBytes(), StandardCharsets.UTF_8).strip()};
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }
}
