package dev.dsync.pack;

import dev.dsync.chunk.ChunkId;
import dev.dsync.key.AesGcm;
import dev.dsync.key.CommittedKey;
import dev.dsync.key.SealBrokenException;
import dev.dsync.key.VaultId;
import java.nio.ByteBuffer;

/**
 * Seals and opens the parts of one pack. A part is cut into segments of 8,192 plain bytes, the last one shorter, and
 * each segment is a message of its own in AES-256-GCM, its tag of 16 bytes after it. A part without bytes is one empty
 * segment. All segments have the pack's key and a nonce that exists once under it. Integers are big-endian.
 *
 * <pre>
 * nonce:                                     associated data of a part's first segment:
 * offset  size  field                        offset  size  field
 *      0     4  index of the part                 0    16  vault id
 *      4     4  number of the segment, from 0    16    32  salt: the pack's id
 *      8     4  0                                48     4  index of the part
 *                                                52     1  kind of the pack
 * Index of a part: chunks count from 0,          53     1  codec
 * 0xFFFFFFFE is the directory,                   54     4  length of the plain chunk
 * 0xFFFFFFFF the trailer.                        58     4  length of the encoded chunk, of all segments
 *                                                62    32  chunk id
 * </pre>
 *
 * <p>Later segments have no associated data: key and nonce tie them to the pack, the part and their place in it, and
 * the first one says how many there are. Not safe for use by many threads.
 */
final class PackCipher {

    private static final int ASSOCIATED_BYTES =
            VaultId.BYTES + PackId.BYTES + Integer.BYTES + 1 + 1 + Integer.BYTES + Integer.BYTES + ChunkId.BYTES;
    private static final byte[] NOTHING = {};

    private final AesGcm gcm;
    private final byte[] vault;
    private final byte[] pack;
    private final PackKind kind;
    private final byte[] copied = new byte[Suite.SEGMENT_BYTES + Suite.TAG_BYTES];
    private final ByteBuffer nonce = ByteBuffer.allocate(AesGcm.NONCE_BYTES);
    private final byte[] opened = new byte[Suite.SEGMENT_BYTES];

    PackCipher(CommittedKey key, VaultId vault, PackId pack, PackKind kind) {
        this.gcm = key.cipher();
        this.vault = vault.toBytes();
        this.pack = pack.toBytes();
        this.kind = kind;
    }

    /** Seals the remaining bytes of {@code plain} as {@code part} into {@code out} from {@code offset} on. */
    void seal(SealedPart part, ByteBuffer plain, byte[] out, int offset) {
        ByteBuffer in = plain.duplicate();
        requireLength(part.encodedLength(), in.remaining());
        int at = offset;
        int segment = 0;
        do {
            at += sealSegment(part, segment, in, out, at);
            segment++;
        } while (in.hasRemaining());
    }

    /**
     * The same, but each segment is opened again and compared as soon as it lies in {@code out}, while all of that is
     * still in the cache next to the core.
     *
     * @param probe sees each segment before it is opened
     * @return whether every segment opened to what {@code plain} has there, and one lies right after the other
     * @throws SealBrokenException if one did not open
     */
    boolean sealAndCheck(SealedPart part, ByteBuffer plain, byte[] out, int offset, PackWriter.SealProbe probe)
            throws SealBrokenException {
        ByteBuffer in = plain.duplicate();
        requireLength(part.encodedLength(), in.remaining());
        boolean same = true;
        int at = offset;
        int segment = 0;
        do {
            int start = in.position();
            int sealedLength = sealSegment(part, segment, in, out, at);
            probe.sealed(out, at, sealedLength);
            int length = gcm.open(nonce(part, segment), associated(part, segment), out, at, sealedLength, opened, 0);
            same &= plain.slice(start, in.position() - start).equals(ByteBuffer.wrap(opened, 0, length));
            at += sealedLength;
            segment++;
        } while (in.hasRemaining());
        return same && at == offset + part.sealedLength();
    }

    /** Seals the next bytes of {@code in} and returns how many that made. */
    private int sealSegment(SealedPart part, int segment, ByteBuffer in, byte[] out, int at) {
        int length = Math.min(Suite.SEGMENT_BYTES, in.remaining());
        Place plain = next(in, length);
        return gcm.seal(
                nonce(part, segment), associated(part, segment), plain.array(), plain.offset(), length, out, at);
    }

    /**
     * Writes the bytes that were sealed as {@code part} to the start of {@code plain}.
     *
     * @param sealed all of the part, as its remaining bytes
     * @throws SealBrokenException if they are not what {@link #seal} wrote for this part of this pack
     */
    void open(SealedPart part, ByteBuffer sealed, byte[] plain) throws SealBrokenException {
        ByteBuffer in = sealed.duplicate();
        requireLength(part.sealedLength(), in.remaining());
        int at = 0;
        int segment = 0;
        do {
            int length = Math.min(Suite.SEGMENT_BYTES + Suite.TAG_BYTES, in.remaining());
            Place message = next(in, length);
            at += gcm.open(
                    nonce(part, segment),
                    associated(part, segment),
                    message.array(),
                    message.offset(),
                    length,
                    plain,
                    at);
            segment++;
        } while (in.hasRemaining());
    }

    private record Place(byte[] array, int offset) {}

    /** Takes the next {@code length} bytes of {@code in}: where they lie, or a copy if {@code in} does not show that. */
    private Place next(ByteBuffer in, int length) {
        int position = in.position();
        if (in.hasArray()) {
            in.position(position + length);
            return new Place(in.array(), in.arrayOffset() + position);
        }
        in.get(copied, 0, length);
        return new Place(copied, 0);
    }

    /** The nonce of a segment, good until the next is asked for. */
    private byte[] nonce(SealedPart part, int segment) {
        return nonce.putInt(0, part.index()).putInt(Integer.BYTES, segment).array();
    }

    private byte[] associated(SealedPart part, int segment) {
        if (segment > 0) {
            return NOTHING;
        }
        return ByteBuffer.allocate(ASSOCIATED_BYTES)
                .put(vault)
                .put(pack)
                .putInt(part.index())
                .put((byte) kind.code())
                .put((byte) part.codec().stored())
                .putInt(part.rawSize())
                .putInt(part.encodedLength())
                .put(part.id().toBytes())
                .array();
    }

    private static void requireLength(int wanted, int found) {
        if (found != wanted) {
            throw new IllegalArgumentException("got " + found + " bytes, wanted " + wanted);
        }
    }
}
