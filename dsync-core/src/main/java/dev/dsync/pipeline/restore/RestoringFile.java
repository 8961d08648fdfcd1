package dev.dsync.pipeline.restore;

import dev.dsync.catalog.Sha256;
import dev.dsync.catalog.Version;
import dev.dsync.pipeline.parts.Digests;
import dev.dsync.pipeline.parts.FileStates;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * A file on its way back: written beside its place under a temporary name, chunk by chunk in any order, then verified
 * as a whole and moved into place. Until then what was there before stays.
 */
final class RestoringFile {

    /** How temporary files are named, so that a sync knows to leave them out. */
    private static final String TEMPORARY = ".dsync-tmp-";

    private final Version version;
    private final Landing landing;
    private final Path place;
    private final Path temporary;
    private int chunksMissing;
    private boolean failed;

    /**
     * A file that is to be restored.
     *
     * @param number makes the temporary name unique within one restore
     * @throws IOException if it cannot land where it belongs
     */
    RestoringFile(Version version, Landing landing, String number, int chunks) throws IOException {
        this.version = version;
        this.landing = landing;
        this.place = landing.place(version.path());
        this.temporary = place.resolveSibling(TEMPORARY + number);
        this.chunksMissing = chunks;
    }

    Version version() {
        return version;
    }

    /** Writes one chunk; returns whether it was the last one missing. */
    synchronized boolean write(long offset, ByteBuffer plain) throws IOException {
        if (failed) {
            return false;
        }
        if (offset + plain.remaining() > version.size()) {
            throw new IOException("its chunks have more bytes than its size of " + version.size());
        }
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer rest = plain.duplicate();
            for (long at = offset; rest.hasRemaining(); ) {
                at += channel.write(rest, at);
            }
        }
        return --chunksMissing == 0;
    }

    /** Verifies the whole and puts it in its place. */
    synchronized void complete() throws IOException {
        if (version.size() == 0 && !Files.exists(temporary, LinkOption.NOFOLLOW_LINKS)) {
            Files.createFile(temporary);
        }
        Sha256 found = digest();
        if (Files.size(temporary) != version.size()
                || !version.sha256().orElseThrow().equals(found)) {
            throw new IOException("its SHA-256 is " + found + ", wanted "
                    + version.sha256().orElseThrow() + ": what was put together is not what was stored");
        }
        FileStates.apply(temporary, version);
        landing.moveIn(temporary, place, version.path());
    }

    private Sha256 digest() throws IOException {
        MessageDigest digest = Digests.sha256();
        byte[] buffer = new byte[(int) Math.min(1 << 18, Math.max(1, version.size()))];
        try (InputStream in = Files.newInputStream(temporary, LinkOption.NOFOLLOW_LINKS)) {
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return Sha256.of(digest.digest());
    }

    /** Gives the file up; what was there before stays. Returns whether it had not been given up before. */
    synchronized boolean fail() {
        boolean first = !failed;
        failed = true;
        abandon();
        return first;
    }

    /** Removes what was written so far. */
    synchronized void abandon() {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // A leftover temporary file is ugly, not wrong: a sync leaves it out by its name.
        }
    }
}
