package dev.dsync.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Which file of a folder an address names. Blobs lie on 256 shelves, so that no folder grows too long for the file
 * systems and tools that people use; the address is the file's name, and its first two digits are the shelf's.
 *
 * <p>Addresses come from a catalog and are not trusted: none leads to a file outside the shelves.
 */
final class BlobShelves {

    static final int COUNT = 256;

    private static final Pattern ADDRESS = Pattern.compile("[0-9a-f]{32}");
    private static final int ADDRESS_BYTES = 16;

    private final Path folder;

    BlobShelves(Path folder) {
        this.folder = folder;
    }

    static boolean isAddress(String name) {
        return ADDRESS.matcher(name).matches();
    }

    Path shelf(int number) {
        return folder.resolve(HexFormat.of().toHexDigits((byte) number));
    }

    /** A random name for a blob on this shelf; there may be one of that name already. */
    BlobAddress randomAddress(int number, RandomGenerator random) {
        byte[] name = new byte[ADDRESS_BYTES];
        random.nextBytes(name);
        name[0] = (byte) number;
        return new BlobAddress(HexFormat.of().formatHex(name));
    }

    /** Where the blob lies; empty if there is no such blob. */
    Optional<BlobFile> find(BlobAddress address) throws IOException {
        if (!isAddress(address.value())) {
            return Optional.empty();
        }
        Path shelf = shelf(HexFormat.fromHexDigits(address.value(), 0, 2));
        Path file = shelf.resolve(address.value());
        // What is no plain file in a plain folder was not put there by us; a pipe would even keep its reader for ever.
        if (!Files.isDirectory(shelf, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            BasicFileAttributes found =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return found.isRegularFile() ? Optional.of(new BlobFile(file, found)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** A blob's file. */
    record BlobFile(Path path, long bytes, Instant stored) {

        BlobFile(Path path, BasicFileAttributes attributes) {
            this(path, attributes.size(), attributes.lastModifiedTime().toInstant());
        }
    }
}
