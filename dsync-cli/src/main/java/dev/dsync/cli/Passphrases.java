package dev.dsync.cli;

import dev.dsync.vault.ConfigurationException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The passphrases of a command: from a variable, from the first line of a file that a variable names, from the first
 * line that a command in a variable prints, or from the person at the terminal. Each is asked for once and wiped in the
 * end.
 */
final class Passphrases implements AutoCloseable {

    /** Before the variable's own name: for the passphrase a key has, and for the one it is to have. */
    private static final String PRESENT = "DSYNC_PASSPHRASE";

    private static final String NEW = "DSYNC_NEW_PASSPHRASE";

    /** Longer than any passphrase, short enough to be read from a file that is something else. */
    private static final int MOST_BYTES = 4096;

    private final Map<String, String> environment;
    private final Path folder;
    private final Optional<Prompt> prompt;
    private final ProgressLine progress;
    private char @Nullable [] present;

    /**
     * Those of one command.
     *
     * @param folder where relative names of files begin, and commands run
     * @param progress what must not be written over a question
     */
    Passphrases(Map<String, String> environment, Path folder, Optional<Prompt> prompt, ProgressLine progress) {
        this.environment = Map.copyOf(environment);
        this.folder = folder;
        this.prompt = prompt;
        this.progress = progress;
    }

    /**
     * The passphrase that a key file has; the caller wipes it.
     *
     * @throws ConfigurationException if none is given, or where it comes from gives none
     */
    char[] present(Path keyFile) throws IOException {
        char[] known = present;
        if (known == null) {
            known = given(PRESENT).or(() -> asked("Passphrase of " + keyFile)).orElseThrow(() -> missing(keyFile));
            present = known;
        }
        return known.clone();
    }

    /**
     * The passphrase that a key file is to have; the caller wipes it.
     *
     * @param hasOne whether it has another one now
     * @throws ConfigurationException if none is given, or two that differ
     */
    char[] fresh(Path keyFile, boolean hasOne) throws IOException {
        Optional<char[]> given = given(NEW);
        if (given.isEmpty() && !hasOne) {
            given = given(PRESENT);
        }
        return given.isPresent() ? given.get() : askedTwice(keyFile);
    }

    private char[] askedTwice(Path keyFile) throws ConfigurationException {
        char[] first = asked("New passphrase for " + keyFile)
                .orElseThrow(() -> new ConfigurationException(
                        "no new passphrase is given: set " + NEW + "_FILE to a file" + " that holds it, " + NEW
                                + "_COMMAND to a command that prints it, or " + NEW + " to it"));
        char[] second = asked("The same again").orElseThrow();
        try {
            if (!Arrays.equals(first, second)) {
                Arrays.fill(first, '\0');
                throw new ConfigurationException("the two passphrases differ; nothing was changed: try again");
            }
            return first;
        } finally {
            Arrays.fill(second, '\0');
        }
    }

    private Optional<char[]> asked(String question) {
        progress.hold();
        try {
            return prompt.map(person -> person.ask(question));
        } finally {
            progress.letGo();
        }
    }

    private Optional<char[]> given(String name) throws IOException {
        String text = environment.getOrDefault(name, "");
        if (!text.isEmpty()) {
            return Optional.of(text.toCharArray());
        }
        String file = environment.getOrDefault(name + "_FILE", "");
        if (!file.isEmpty()) {
            return Optional.of(ofFile(name + "_FILE", folder.resolve(file)));
        }
        String command = environment.getOrDefault(name + "_COMMAND", "");
        return command.isEmpty() ? Optional.empty() : Optional.of(ofCommand(name + "_COMMAND", command));
    }

    private static char[] ofFile(String variable, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return firstLine(variable, in);
        } catch (IOException e) {
            throw e instanceof ConfigurationException
                    ? e
                    : new ConfigurationException(
                            "the passphrase file " + file + ", which " + variable + " names, cannot be read: "
                                    + e.getClass().getSimpleName(),
                            e);
        }
    }

    private char[] ofCommand(String variable, String command) throws IOException {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        Process process = new ProcessBuilder(
                        windows ? List.of("cmd", "/c", command) : List.of("/bin/sh", "-c", command))
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        progress.hold();
        try (InputStream out = process.getInputStream()) {
            char[] passphrase = firstLine(variable, out);
            out.skip(Long.MAX_VALUE);
            int exit = process.waitFor();
            if (exit != 0) {
                Arrays.fill(passphrase, '\0');
                throw new ConfigurationException("the command in " + variable + " ended with status " + exit
                        + ": try it by itself, it should print the passphrase");
            }
            return passphrase;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the command in " + variable + " ran", e);
        } finally {
            process.destroy();
            progress.letGo();
        }
    }

    private static char[] firstLine(String variable, InputStream in) throws IOException {
        WipedBytes line = new WipedBytes();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (line.size() == MOST_BYTES) {
                line.wipe();
                throw new ConfigurationException(
                        "what " + variable + " leads to has a first line of more than " + MOST_BYTES + " bytes");
            }
            line.write(next);
        }
        return line.text();
    }

    private static ConfigurationException missing(Path keyFile) {
        return new ConfigurationException(
                "the key " + keyFile + " is protected by a passphrase, and there is nobody to ask"
                        + " for it: set " + PRESENT + "_FILE to a file that holds it, " + PRESENT
                        + "_COMMAND to a command that prints it, or " + PRESENT + " to it");
    }

    /** Bytes of a secret while they arrive. */
    private static final class WipedBytes extends ByteArrayOutputStream {

        WipedBytes() {
            // An array that grows would leave its smaller self behind.
            super(MOST_BYTES);
        }

        void wipe() {
            Arrays.fill(buf, (byte) 0);
        }

        /** As characters, without a carriage return at the end. */
        char[] text() {
            int length = count > 0 && buf[count - 1] == '\r' ? count - 1 : count;
            CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(buf, 0, length));
            char[] text = new char[decoded.remaining()];
            decoded.get(text);
            Arrays.fill(decoded.array(), '\0');
            wipe();
            return text;
        }
    }

    @Override
    public void close() {
        if (present != null) {
            Arrays.fill(present, '\0');
        }
    }
}
