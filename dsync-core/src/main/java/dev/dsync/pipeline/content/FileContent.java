package dev.dsync.pipeline.content;

import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.pipeline.parts.VaultParts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The content of one version of a file, read from the targets from any place on, in bounded memory. Every byte is
 * verified before it is given out. Safe for use by many threads; good as long as the vault is open.
 */
public final class FileContent {

    private static final int PIECE_BYTES = 1 << 16;

    private final VaultParts vault;
    private final Version version;
    private @Nullable ChunkStarts starts;

    /** @throws IllegalArgumentException if the version is no file */
    public FileContent(VaultParts vault, Version version) {
        if (version.kind() != VersionKind.FILE) {
            throw new IllegalArgumentException(version.path() + " is no file but a " + version.kind());
        }
        this.vault = vault;
        this.version = version;
    }

    /** The version whose content this is. */
    public Version version() {
        return version;
    }

    /** Length in bytes. */
    public long size() {
        return version.size();
    }

    /**
     * Writes {@code length} bytes from {@code offset} on.
     *
     * @throws IndexOutOfBoundsException if the content does not have all of them
     * @throws IOException if writing fails, or a chunk cannot be read from any copy: the message names path, chunk and
     *     pack. What was written until then is right
     */
    public void transferTo(long offset, long length, OutputStream out) throws IOException {
        transferTo(offset, length, Channels.newChannel(out));
    }

    /** As {@link #transferTo(long, long, OutputStream)}, into a channel that blocks. */
    public void transferTo(long offset, long length, WritableByteChannel out) throws IOException {
        Objects.checkFromIndexSize(offset, length, size());
        if (version.layout().classic()) {
            transferClassic(offset, length, out);
            return;
        }
        long end = offset + length;
        try (ContentReader reader = reader()) {
            for (long at = offset; at < end; ) {
                ByteBuffer piece = reader.at(at, end);
                piece.limit(piece.position() + (int) Math.min(piece.remaining(), end - at));
                at += piece.remaining();
                while (piece.hasRemaining()) {
                    out.write(piece);
                }
            }
        }
    }

    private void transferClassic(long offset, long length, WritableByteChannel out) throws IOException {
        byte[] piece = new byte[PIECE_BYTES];
        try (ClassicContent content = new ClassicContent(vault, version, () -> false);
                InputStream in = content.open()) {
            in.skipNBytes(offset);
            for (long left = length; left > 0; ) {
                int read = in.readNBytes(piece, 0, (int) Math.min(piece.length, left));
                if (read == 0) {
                    throw new IOException("it ends " + left + " bytes early");
                }
                left -= read;
                for (ByteBuffer rest = ByteBuffer.wrap(piece, 0, read); rest.hasRemaining(); ) {
                    out.write(rest);
                }
            }
            if (offset + length == size() && in.read() >= 0) {
                throw new IOException("it goes on after its end");
            }
        } catch (IOException e) {
            throw new IOException(version.path() + ": " + e.getMessage(), e);
        }
    }

    /**
     * The content as a read-only channel with a position of its own, for one thread. Reading on and on fetches several
     * chunks at a time; reading here and there fetches little more than it needs.
     */
    public SeekableByteChannel channel() throws IOException {
        return channel(ContentChannel.MOST_AHEAD);
    }

    /**
     * As {@link #channel()}, for readers that often break off: what is read ahead of them is fetched for nothing.
     *
     * @param mostAhead how many bytes beyond those asked for are fetched at most, rounded up to whole chunks
     */
    public SeekableByteChannel channel(long mostAhead) throws IOException {
        if (version.layout().classic()) {
            return new ClassicChannel(new ClassicContent(vault, version, () -> false), size());
        }
        return new ContentChannel(reader(), size(), mostAhead);
    }

    private ContentReader reader() throws IOException {
        return new ContentReader(version, starts(), new StoredPackReader(vault));
    }

    private synchronized ChunkStarts starts() throws IOException {
        ChunkStarts known = starts;
        if (known == null) {
            known = new ChunkStarts(
                    version,
                    vault.catalog().versions().chunks(version),
                    vault.catalog().packs());
            starts = known;
        }
        return known;
    }
}
