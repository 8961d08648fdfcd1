package dev.dsync.key;

import dev.dsync.source.FileProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The file that holds a vault's key. Whoever loses it loses the vault.
 *
 * <p>A plain one is the key file of the classic layout: the 32 bytes of the key as urlsafe base64 with padding, 44
 * characters, no newline (one at the end is allowed when read). A protected one holds the key under a passphrase: its
 * text starts with {@code dsync wrapped key 1}. Passphrases count as Unicode text in normal form NFKC, written as UTF-8.
 *
 * <p>Written whole or not at all, mode 0600 where the file system knows modes. Not safe for use by many threads.
 */
public final class KeyFile {

    /** The usual name, in the home. */
    public static final String NAME = ".encryption_key";

    private static final Set<PosixFilePermission> OTHERS_READ =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private final Path file;

    /** The key file at this path, whether there is one yet or not. */
    public KeyFile(Path file) {
        this.file = file;
    }

    /** Where it lies. */
    public Path path() {
        return file;
    }

    /** Whether anything has the name of the file, be it a key or not. */
    public boolean exists() {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether the key is under a passphrase. */
    public boolean isProtected() throws KeyFileException {
        byte[] content = content();
        try {
            return isWrapped(content);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /** Whether the file's mode lets anyone but its owner read it: worth a warning. No where there are no modes. */
    public boolean readableByOthers() throws KeyFileException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return false;
        }
        try {
            return view.readAttributes().permissions().stream().anyMatch(OTHERS_READ::contains);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Makes a new key and writes it to a new file; the caller closes the key.
     *
     * @throws KeyFileTakenException if anything has that name already; it stays as it is
     * @throws KeyFileInaccessibleException if it could not be written
     */
    public VaultKey create(RandomGenerator random) throws KeyFileException {
        byte[] bytes = new byte[VaultKey.BYTES];
        random.nextBytes(bytes);
        VaultKey key = VaultKey.of(bytes);
        Arrays.fill(bytes, (byte) 0);
        try {
            writeNew(PlainKey.text(key));
            return key;
        } catch (KeyFileException e) {
            key.close();
            throw e;
        }
    }

    /**
     * Reads the key; the caller closes it. The source is asked, once, only if the file is protected, and what it gave
     * is wiped.
     *
     * @throws KeyFileMissingException if there is no such file
     * @throws KeyFileDamagedException if it holds no key
     * @throws WrongPassphraseException if the passphrase is another
     * @throws KeyFileInaccessibleException if it could not be read, or there is too little memory to open it
     * @throws IOException what the source threw
     */
    public VaultKey read(PassphraseSource source) throws IOException {
        byte[] content = content();
        try {
            return isWrapped(content) ? unwrap(wrapped(content), source) : plain(content);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /**
     * Puts the key under a passphrase, in place of the key file or as a new one; a passphrase it had before is
     * forgotten. The new text is opened once before it is written. On many disks traces of a plain key file can be
     * found for some time after.
     *
     * @param passphrase wiped in any case; must not be empty
     * @throws KeyFileTakenException if the file holds the key of another vault; it stays as it is
     */
    public void protect(VaultKey key, char[] passphrase, RandomGenerator random) throws KeyFileException {
        try {
            if (passphrase.length == 0) {
                throw new IllegalArgumentException("an empty passphrase protects nothing");
            }
            requireMemory(PassphraseCost.DEFAULT);
            String text = WrappedKey.wrap(key, passphrase, PassphraseCost.DEFAULT, random)
                    .text();
            WrappedKey.parse(text).unwrap(passphrase).close();
            write(key, text.getBytes(StandardCharsets.US_ASCII));
        } catch (EnvelopeException e) {
            throw new IllegalStateException("the key does not come out as it went in: this machine miscalculates", e);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    /**
     * Writes the key without a passphrase, in place of the key file or as a new one.
     *
     * @throws KeyFileTakenException if the file holds the key of another vault; it stays as it is
     */
    public void unprotect(VaultKey key) throws KeyFileException {
        write(key, PlainKey.text(key));
    }

    /** Writes, and wipes, the text of {@code key}. */
    private void write(VaultKey key, byte[] text) throws KeyFileException {
        if (!exists()) {
            writeNew(text);
            return;
        }
        try {
            if (!vaultId().equals(key.vaultId())) {
                throw new KeyFileTakenException("key file " + file + " holds the key of another vault than "
                        + key.vaultId() + "; nothing was changed: move it away first, and keep it");
            }
            PrivateFile.replace(file, text);
        } catch (KeyFileException e) {
            throw e;
        } catch (IOException e) {
            throw unwritable(e);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    private void writeNew(byte[] text) throws KeyFileException {
        try {
            PrivateFile.create(file, text);
        } catch (FileAlreadyExistsException e) {
            throw new KeyFileTakenException("key file " + file
                    + " exists and is never overwritten: to make a new key, move it away and keep it");
        } catch (IOException e) {
            throw unwritable(e);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    /** Whose key it holds. Needs no passphrase: a protected file says so in the open. */
    public VaultId vaultId() throws KeyFileException {
        byte[] content = content();
        if (isWrapped(content)) {
            return wrapped(content).vaultId();
        }
        try (VaultKey key = plain(content)) {
            return key.vaultId();
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private VaultKey unwrap(WrappedKey wrapped, PassphraseSource source) throws IOException {
        requireMemory(wrapped.cost());
        char[] passphrase = source.passphrase();
        try {
            return wrapped.unwrap(passphrase);
        } catch (EnvelopeNotOursException e) {
            throw new WrongPassphraseException("key file " + file + ": the passphrase does not open it: try again");
        } catch (EnvelopeDamagedException e) {
            throw damaged("is damaged within");
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private WrappedKey wrapped(byte[] content) throws KeyFileDamagedException {
        try {
            return WrappedKey.parse(new String(content, StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw damaged("is protected by a passphrase, but " + e.getMessage());
        }
    }

    private VaultKey plain(byte[] content) throws KeyFileDamagedException {
        try {
            return PlainKey.parse(content);
        } catch (IllegalArgumentException e) {
            throw damaged(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isWrapped(byte[] content) {
        byte[] magic = WrappedKey.MAGIC.getBytes(StandardCharsets.US_ASCII);
        return content.length > magic.length && Arrays.equals(content, 0, magic.length, magic, 0, magic.length);
    }

    private byte[] content() throws KeyFileException {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(WrappedKey.MAX_TEXT_BYTES + 1);
        } catch (IOException e) {
            throw unreadable(e);
        }
        if (content.length > WrappedKey.MAX_TEXT_BYTES) {
            throw damaged("has more than " + WrappedKey.MAX_TEXT_BYTES + " bytes, a key has " + PlainKey.TEXT_BYTES);
        }
        return content;
    }

    private void requireMemory(PassphraseCost cost) throws KeyFileInaccessibleException {
        long available = Runtime.getRuntime().maxMemory();
        if (cost.memoryBytes() > available / 4 * 3) {
            throw new KeyFileInaccessibleException("key file " + file + ": its passphrase takes "
                    + (cost.memoryBytes() >> 20) + " MiB of memory, the program may use " + (available >> 20)
                    + " MiB in all: allow it more, with ./dsync by DSYNC_JAVA_OPTS=-Xmx"
                    + (cost.memoryBytes() >> 19) + "m");
        }
    }

    private KeyFileDamagedException damaged(String found) {
        return new KeyFileDamagedException(
                "key file " + file + ' ' + found + ": bring back the key file from where you keep a copy");
    }

    private KeyFileException unreadable(IOException e) {
        if (e instanceof NoSuchFileException) {
            return new KeyFileMissingException(
                    "key file " + file
                            + " does not exist: bring it from where you keep a copy, or from another machine",
                    e);
        }
        return inaccessible("read", e);
    }

    private KeyFileInaccessibleException unwritable(IOException e) {
        return inaccessible("written", e);
    }

    private KeyFileInaccessibleException inaccessible(String what, IOException e) {
        return new KeyFileInaccessibleException(
                "key file " + file + " cannot be " + what + " (" + FileProblem.inWords(e)
                        + "): see whether it is a file, and who owns it and its folder",
                e);
    }
}
