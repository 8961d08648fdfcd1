package dev.dsync.pack;

import dev.dsync.key.CommittedKey;
import dev.dsync.key.SealBrokenException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Opens the chunks of one pack. Whoever knows the {@link PackDirectory} needs nothing of the pack but the chunk's own
 * bytes; {@link #readDirectory} gets it from the pack itself. Safe for use by many threads. Closing wipes the key; a
 * chunk being opened at that moment may still succeed.
 */
public final class PackReader implements AutoCloseable {

    private final PackKeys keys;
    private final PackId pack;
    private final PackKind kind;
    private final Suite suite;
    private final CommittedKey key;
    /** Those not in use: making one costs as much as opening 100 KB. */
    private final Queue<PackCipher> ciphers = new ConcurrentLinkedQueue<>();

    /** A reader of the pack that the catalog remembers with these three; {@code keys} stays the caller's. */
    public PackReader(PackKeys keys, PackId pack, PackKind kind, Suite suite) {
        this.keys = keys;
        this.pack = pack;
        this.kind = kind;
        this.suite = suite;
        this.key = keys.derive(suite, pack);
    }

    /**
     * The encoded bytes of a chunk, in memory of their own. In a pack of suite {@link Suite#NONE} nothing guards them
     * but the chunk's id, which the caller compares in any case.
     *
     * @param sealed the {@link PackEntry#sealedLength} bytes from {@link PackEntry#offset} on; its position stays
     * @throws DamagedPackException if they are not what was stored for this entry: changed bits, missing bytes, or the
     *     bytes of another chunk or pack, which cannot be told apart from here. {@link #requireOurHeader} can
     */
    public ByteBuffer openChunk(PackEntry entry, ByteBuffer sealed) throws DamagedPackException {
        int wanted = entry.sealedLength(suite);
        if (sealed.remaining() != wanted) {
            throw damaged(entry, "got " + sealed.remaining() + " bytes, its seal has " + wanted);
        }
        byte[] plain = new byte[entry.encodedLength()];
        if (suite == Suite.NONE) {
            sealed.duplicate().get(plain);
            return ByteBuffer.wrap(plain);
        }
        PackCipher cipher = takeCipher();
        try {
            cipher.open(SealedPart.chunk(entry), sealed, plain);
        } catch (SealBrokenException broken) {
            throw damaged(entry, "the seal of its " + wanted + " bytes is broken: they are not what was stored");
        } finally {
            ciphers.add(cipher);
        }
        return ByteBuffer.wrap(plain);
    }

    /**
     * Tells, from the first {@link PackFormat#HEADER_BYTES} bytes of a blob, whether it is this reader's pack.
     *
     * @throws PackException whose type says what it is instead
     */
    public void requireOurHeader(ByteBuffer header) throws PackException {
        PackHeader found = PackHeader.decode(header);
        found.key(keys).close();
        found.requirePack(pack);
        if (found.kind() != kind || found.suite() != suite) {
            throw DamagedPackException.in(
                    DamagedPackException.Part.HEADER,
                    "header of pack " + pack + ": says " + found.kind() + " and " + found.suite() + ", wanted " + kind
                            + " and " + suite);
        }
    }

    /**
     * The directory of whatever pack of our vault {@code source} is. Reads header, trailer and directory only.
     *
     * @throws PackException if it is no whole pack of our vault
     */
    public static PackDirectory readDirectory(PackKeys keys, PackSource source) throws IOException {
        return new DirectoryReader(keys, source).read();
    }

    /**
     * The directory of one certain pack, {@code wantedSize} bytes long. Reads header, trailer and directory only.
     *
     * @throws PackException if {@code source} is not that pack, or not all of it
     */
    public static PackDirectory readDirectory(PackKeys keys, PackId wanted, int wantedSize, PackSource source)
            throws IOException {
        return new DirectoryReader(keys, source).read(wanted, wantedSize);
    }

    @Override
    public void close() {
        key.close();
        ciphers.clear();
    }

    private PackCipher takeCipher() {
        PackCipher idle = ciphers.poll();
        return idle != null ? idle : new PackCipher(key, keys.vaultId(), pack, kind);
    }

    private DamagedPackException damaged(PackEntry entry, String message) {
        return DamagedPackException.inChunk(
                entry.index(),
                "chunk " + entry.index() + " at byte " + entry.offset() + " of pack " + pack + ": " + message);
    }
}
