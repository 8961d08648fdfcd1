package dev.dsync.pipeline.sync;

import dev.dsync.catalog.ContentLayout;
import dev.dsync.catalog.Sha256;
import dev.dsync.chunk.ByteBudget;
import dev.dsync.pipeline.parts.Digests;
import dev.dsync.pipeline.parts.VaultParts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.security.MessageDigest;
import java.util.function.IntConsumer;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Turns a file into parts as the original program does, in memory that does not grow with the file. For one thread. */
final class ClassicFileReader {

    /** Files larger than this are compressed, in bytes. */
    static final long COMPRESSED_ABOVE = 100 * 1024;

    private static final int LEVEL = 6;
    private static final int PIECE_BYTES = 256 << 10;

    /** What became of a file: how long it was, and its digest. */
    record Result(long size, Sha256 sha256) {}

    private final VaultParts vault;
    private final ByteBudget budget;

    ClassicFileReader(VaultParts vault, ByteBudget budget) {
        this.vault = vault;
        this.budget = budget;
    }

    /**
     * Reads a file to its end.
     *
     * @param source its content
     * @param likelyBytes how much that is likely to be
     * @param progress hears of the bytes read
     * @throws UnreadableException if the file cannot be read; any other failure is one of storing
     */
    Result read(
            ReadableByteChannel source,
            long likelyBytes,
            ContentLayout layout,
            ClassicPartition.Taker taker,
            IntConsumer progress)
            throws IOException, UnreadableException {
        MessageDigest digest = Digests.sha256();
        long size = 0;
        // Base64 makes 4 of 3, and a token is some bytes longer than what it holds.
        ClassicPartition parts = new ClassicPartition(vault.seals(), budget, likelyBytes / 3 * 4 + 256, taker);
        Deflater deflater = new Deflater(LEVEL);
        try {
            OutputStream out = layout.encrypted() ? vault.fernet().sealing(parts) : parts;
            out = layout.compressed() ? new DeflaterOutputStream(out, deflater, PIECE_BYTES) : out;
            ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
            for (int read = next(source, piece); read >= 0; read = next(source, piece)) {
                digest.update(piece.array(), 0, read);
                out.write(piece.array(), 0, read);
                size += read;
                progress.accept(read);
            }
            out.close();
        } finally {
            parts.abandon();
            deflater.end();
        }
        return new Result(size, Sha256.of(digest.digest()));
    }

    private static int next(ReadableByteChannel source, ByteBuffer piece) throws UnreadableException {
        try {
            return source.read(piece.clear());
        } catch (IOException e) {
            throw new UnreadableException(e);
        }
    }
}
