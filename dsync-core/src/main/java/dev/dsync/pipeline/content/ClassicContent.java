package dev.dsync.pipeline.content;

import dev.dsync.catalog.ChunkList;
import dev.dsync.catalog.Version;
import dev.dsync.codec.FernetCodec;
import dev.dsync.codec.FernetIntake;
import dev.dsync.pipeline.parts.StopRequestedException;
import dev.dsync.pipeline.parts.VaultParts;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The content of one version in the classic layout, as a stream, in the memory of a part or two whatever its size. An
 * encrypted file is fetched whole and verified before a byte of it is given out; what waits for that is still encrypted.
 * For one thread.
 */
public final class ClassicContent implements Closeable {

    private final VaultParts vault;
    private final Version version;
    private final ChunkList parts;
    private final ClassicParts reader;
    private final BooleanSupplier stop;
    private @Nullable SpooledBytes verified;

    /** @param stop asked before each part; once it says true, reading ends with {@link StopRequestedException} */
    public ClassicContent(VaultParts vault, Version version, BooleanSupplier stop) {
        this.vault = vault;
        this.version = ClassicTwin.of(vault.catalog(), version, vault.catalog().packs()::holds);
        this.parts = vault.catalog().versions().chunks(this.version);
        this.reader = new ClassicParts(vault);
        this.stop = stop;
    }

    /**
     * The content from its first byte on. Its end is an {@link IOException} if it is not what was stored, or not as long.
     * May be opened again, one at a time.
     *
     * @throws UnreadablePartException if a part has no sound copy
     */
    public InputStream open() throws IOException {
        InputStream stored = version.layout().encrypted() ? decrypted() : new PartStream();
        return new ClassicStream(version, stored);
    }

    private InputStream decrypted() throws IOException {
        FernetCodec fernet = vault.fernet();
        SpooledBytes bytes = verified;
        if (bytes == null) {
            bytes = verify(fernet);
            verified = bytes;
        }
        return fernet.opening(bytes.open());
    }

    private SpooledBytes verify(FernetCodec fernet) throws IOException {
        SpooledBytes bytes = new SpooledBytes(vault.spool(), vault.random());
        boolean done = false;
        try {
            FernetIntake intake = fernet.intake(bytes);
            for (int i = 0; i < parts.size(); i++) {
                intake.take(part(i));
            }
            intake.verify();
            done = true;
            return bytes;
        } finally {
            if (!done) {
                bytes.close();
            }
        }
    }

    private ByteBuffer part(int index) throws IOException {
        if (stop.getAsBoolean()) {
            throw new StopRequestedException();
        }
        try {
            return reader.read(parts.get(index));
        } catch (IOException e) {
            throw new UnreadablePartException("part " + (index + 1) + " of " + parts.size() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        if (verified != null) {
            verified.close();
        }
    }

    /** The parts one after another, each fetched when its turn comes. */
    private final class PartStream extends InputStream {

        private int next;
        private ByteBuffer current = ByteBuffer.allocate(0);

        @Override
        public int read() throws IOException {
            return fill() ? current.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, current.remaining());
            current.get(target, offset, count);
            return count;
        }

        private boolean fill() throws IOException {
            while (!current.hasRemaining() && next < parts.size()) {
                current = part(next++);
            }
            return current.hasRemaining();
        }
    }
}
