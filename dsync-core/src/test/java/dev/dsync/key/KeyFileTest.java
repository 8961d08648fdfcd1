package dev.dsync.key;

import static dev.dsync.key.Fixtures.counting;
import static dev.dsync.key.Fixtures.printed;
import static dev.dsync.key.Fixtures.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Feature;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {

    /** The key 00 01 02 … 1f as Python's Fernet writes it. */
    private static final String TEXT = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static final PassphraseSource NOBODY = () -> {
        throw new IOException("nobody to ask");
    };

    @TempDir
    private Path home;

    private Path file;
    private KeyFile keyFile;

    @BeforeEach
    void nameTheFile() {
        file = home.resolve(KeyFile.NAME);
        keyFile = new KeyFile(file);
    }

    @Test
    void createsTheKeyFileOfTheClassicLayout() throws IOException {
        assertThat(keyFile.exists()).isFalse();
        try (VaultKey key = keyFile.create(new CountingRandom())) {
            assertThat(key.vaultId()).isEqualTo(Fixtures.key().vaultId());
        }

        assertThat(file).hasContent(TEXT).hasSize(44);
        assertThat(keyFile.exists()).isTrue();
        assertThat(keyFile.isProtected()).isFalse();
        assertOnlyTheOwnerReadsIt();
    }

    @ParameterizedTest
    @ValueSource(strings = {TEXT, TEXT + "\n", TEXT + "\r\n", "  " + TEXT + " \t\n\n", "\uFEFF" + TEXT + "\r\n"})
    void readsTheKey(String content) throws IOException {
        Files.writeString(file, content);

        assertThat(keyFile.read(NOBODY).raw().copy()).isEqualTo(counting(0, 32));
    }

    @Test
    void readsOrdinaryBase64AsPythonDoes() throws IOException {
        Files.writeString(file, "-_".repeat(21) + "A=");
        byte[] key = keyFile.read(NOBODY).raw().copy();
        Files.writeString(file, "+/".repeat(21) + "A=");

        assertThat(keyFile.read(NOBODY).raw().copy()).isEqualTo(key);
    }

    @Test
    void neverOverwritesAnything() throws IOException {
        Files.writeString(file, "precious");

        assertThatExceptionOfType(KeyFileTakenException.class)
                .isThrownBy(() -> keyFile.create(new CountingRandom()))
                .withMessageContaining(file.toString());
        assertThat(file).hasContent("precious");
        assertNothingBeside();
    }

    @Test
    void ofManyCreatedAtOnceOneIsKept() throws IOException {
        List<VaultId> made = IntStream.range(0, 16)
                .parallel()
                .mapToObj(seed -> createdId(new SplittableRandom(seed)))
                .flatMap(Optional::stream)
                .toList();

        assertThat(made).containsExactly(keyFile.read(NOBODY).vaultId());
        assertOnlyTheOwnerReadsIt();
    }

    private Optional<VaultId> createdId(RandomGenerator random) {
        try (VaultKey key = keyFile.create(random)) {
            return Optional.of(key.vaultId());
        } catch (KeyFileTakenException e) {
            return Optional.empty();
        } catch (KeyFileException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aLinkToNowhereIsTakenToo() throws IOException {
        Files.createSymbolicLink(file, home.resolve("gone"));

        assertThat(keyFile.exists()).isTrue();
        assertThatExceptionOfType(KeyFileTakenException.class).isThrownBy(() -> keyFile.create(new CountingRandom()));
        assertThatExceptionOfType(KeyFileMissingException.class).isThrownBy(() -> keyFile.read(NOBODY));
    }

    @Test
    void aMissingFileOrFolderSaysSo() {
        KeyFile nowhere = new KeyFile(home.resolve("no/such/folder"));

        assertThatExceptionOfType(KeyFileMissingException.class)
                .isThrownBy(() -> keyFile.read(NOBODY))
                .withMessageContaining(file.toString())
                .withMessageContaining("does not exist");
        assertThatExceptionOfType(KeyFileMissingException.class).isThrownBy(keyFile::isProtected);
        assertThatExceptionOfType(KeyFileMissingException.class).isThrownBy(keyFile::readableByOthers);
        assertThatExceptionOfType(KeyFileInaccessibleException.class)
                .isThrownBy(() -> nowhere.create(new CountingRandom()))
                .withMessageContaining("cannot be written");
    }

    @Test
    void aFolderIsNoKeyFile() throws IOException {
        Files.createDirectory(file);

        assertThatExceptionOfType(KeyFileInaccessibleException.class)
                .isThrownBy(() -> keyFile.read(NOBODY))
                .withMessageContaining("cannot be read");
    }

    static Stream<String> damaged() throws IOException {
        return Stream.of(
                "",
                "\n",
                "dsync wrapped key ",
                "dsync wrapped key 1\n",
                "dsync wrapped key 7\nwhatever\n",
                resource("wrapped-key-1.txt").replace("m 65536", "m 65537"),
                TEXT.substring(1),
                TEXT.substring(0, 43),
                TEXT + TEXT,
                TEXT.replace('D', '*'),
                TEXT.replace('=', 'A'),
                "=" + TEXT.substring(0, 43),
                TEXT.substring(0, 42) + "==",
                "A".repeat(5000));
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void aDamagedFileIsToldWithoutItsContent(String content) throws IOException {
        Files.writeString(file, content);

        Throwable failure = catchThrowable(() -> keyFile.read(NOBODY));

        assertThat(failure)
                .isInstanceOf(KeyFileDamagedException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("bring back");
        String printed = printed(failure).replace(file.toString(), "");
        assertThat(printed).doesNotContain("AAEC", "AECA", "Hh8", "character 2a", "AREQ");
        assertThat(file).hasContent(content);
    }

    @Test
    void warnsOfAFileThatOthersRead() throws IOException {
        keyFile.create(new CountingRandom()).close();
        for (String mode : List.of("rw-r-----", "rw----r--")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            assertThat(keyFile.readableByOthers()).as(mode).isTrue();
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        assertThat(keyFile.readableByOthers()).isFalse();
    }

    @Test
    void comesBackFromUnderAPassphrase() throws IOException {
        VaultKey key = keyFile.create(new CountingRandom());
        char[] given = "open sesame".toCharArray();
        char[] asked = "open sesame".toCharArray();
        keyFile.protect(key, given, new CountingRandom());

        assertThat(keyFile.isProtected()).isTrue();
        assertThat(Files.readString(file)).startsWith("dsync wrapped key 1\n").doesNotContain(TEXT);
        assertThat(keyFile.read(() -> asked).raw()).isEqualTo(key.raw());
        assertThat(given).as("wiped").containsOnly('\0');
        assertThat(asked).as("wiped").containsOnly('\0');
        assertOnlyTheOwnerReadsIt();

        keyFile.unprotect(key);
        assertThat(file).hasContent(TEXT);
        assertOnlyTheOwnerReadsIt();
    }

    @Test
    void anotherPassphraseIsAskedForAgain() throws IOException {
        Files.writeString(file, resource("wrapped-key-1.txt"));
        char[] wrong = "hunter2".toCharArray();

        Throwable failure = catchThrowable(() -> keyFile.read(() -> wrong));

        assertThat(failure).isInstanceOf(WrongPassphraseException.class).hasMessageContaining(file.toString());
        assertThat(printed(failure)).doesNotContain("hunter2");
        assertThat(wrong).as("wiped").containsOnly('\0');
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> keyFile.read(NOBODY))
                .withMessage("nobody to ask");
    }

    @Test
    void changesThePassphraseWithoutAPlainFileInBetween() throws IOException {
        Files.writeString(file, resource("wrapped-key-1.txt"));
        keyFile.protect(Fixtures.key(), "new".toCharArray(), new CountingRandom());

        assertThat(keyFile.read("new"::toCharArray).vaultId())
                .isEqualTo(Fixtures.key().vaultId());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void neverReplacesTheKeyOfAnotherVault(boolean isProtected) throws IOException {
        String content = isProtected ? resource("wrapped-key-1.txt") : TEXT;
        Files.writeString(file, content);

        assertThatExceptionOfType(KeyFileTakenException.class)
                .isThrownBy(() -> keyFile.protect(Fixtures.otherKey(), "x".toCharArray(), new CountingRandom()))
                .withMessageContaining("nothing was changed");
        assertThatExceptionOfType(KeyFileTakenException.class).isThrownBy(() -> keyFile.unprotect(Fixtures.otherKey()));
        assertThat(file).hasContent(content);
        assertNothingBeside();
    }

    @Test
    void aDamagedFileIsNeverReplaced() throws IOException {
        Files.writeString(file, TEXT.substring(3));

        assertThatExceptionOfType(KeyFileDamagedException.class).isThrownBy(() -> keyFile.unprotect(Fixtures.key()));
        assertThat(file).hasContent(TEXT.substring(3));
    }

    @Test
    void aNewFileCanBeProtectedFromTheStart() throws IOException {
        keyFile.protect(Fixtures.key(), "x".toCharArray(), new CountingRandom());

        assertThat(keyFile.isProtected()).isTrue();
        assertOnlyTheOwnerReadsIt();
    }

    @Test
    void anEmptyPassphraseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keyFile.protect(Fixtures.key(), new char[0], new CountingRandom()));
        assertThat(keyFile.exists()).isFalse();
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path real = Files.writeString(home.resolve("real"), TEXT);
        Files.createSymbolicLink(file, real);
        keyFile.protect(Fixtures.key(), "x".toCharArray(), new CountingRandom());

        assertThat(file).isSymbolicLink();
        assertThat(Files.readString(real)).startsWith(WrappedKey.MAGIC);
    }

    @Test
    void worksWithoutHardLinksAndModes() throws IOException {
        Configuration plain = Configuration.unix().toBuilder()
                .setSupportedFeatures(Feature.FILE_CHANNEL)
                .setAttributeViews("basic")
                .build();
        try (FileSystem files = Jimfs.newFileSystem(plain)) {
            KeyFile there = new KeyFile(files.getPath(KeyFile.NAME));
            there.create(new CountingRandom()).close();

            assertThat(there.read(NOBODY).vaultId()).isEqualTo(Fixtures.key().vaultId());
            assertThat(there.readableByOthers()).isFalse();
            assertThatExceptionOfType(KeyFileTakenException.class).isThrownBy(() -> there.create(new CountingRandom()));
            there.unprotect(Fixtures.key());
            try (Stream<Path> beside = Files.list(files.getPath("."))) {
                assertThat(beside).hasSize(1);
            }
        }
    }

    private void assertOnlyTheOwnerReadsIt() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(keyFile.readableByOthers()).isFalse();
        assertNothingBeside();
    }

    private void assertNothingBeside() throws IOException {
        try (Stream<Path> beside = Files.list(home)) {
            assertThat(beside).containsExactly(file);
        }
    }
}
