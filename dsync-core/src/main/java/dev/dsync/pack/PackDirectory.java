package dev.dsync.pack;

import dev.dsync.chunk.ChunkId;
import dev.dsync.codec.CodecId;
import dev.dsync.codec.CorruptChunkException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What lies where in one pack: all that must be known to read its chunks. Immutable.
 *
 * <p>The entries' layout, before sealing. A varint is an unsigned integer in groups of seven bits, lowest first, with
 * the high bit set on every byte but the last, in as few bytes as possible (LEB128).
 *
 * <pre>
 * size  field
 *  1-3  number of chunks, varint, at most 65,535
 *       for each chunk, in the order in which they lie in the pack:
 *   32    chunk id
 *    1    codec
 *  1-4    length of the plain bytes, varint, at most 4 MiB
 *  1-4    length of the encoded bytes, varint, at most 4 MiB
 *  any  zeros: padding
 * </pre>
 *
 * <p>Where a chunk starts is not stored: the first starts after the header, each other where the one before ends.
 *
 * @param id the pack
 * @param kind what its chunks are
 * @param suite how they are sealed
 * @param size length of the whole pack in bytes; 0 for a classic part whose length nobody knows
 * @param entries its chunks, in the order in which they lie in it
 */
public record PackDirectory(PackId id, PackKind kind, Suite suite, int size, List<PackEntry> entries) {

    private static final int MAX_COUNT_BYTES = 3;
    private static final int MAX_LENGTH_BYTES = 4;
    private static final int CODEC_BYTES = 1;
    private static final int MIN_ENTRY_BYTES = ChunkId.BYTES + CODEC_BYTES + 1 + 1;
    private static final int MAX_ENTRY_BYTES = ChunkId.BYTES + CODEC_BYTES + 2 * MAX_LENGTH_BYTES;

    public PackDirectory {
        int least = kind == PackKind.CLASSIC ? 0 : 1;
        if (size < least || size > PackFormat.MAX_PACK_SIZE) {
            throw new IllegalArgumentException("a pack has 1 to " + PackFormat.MAX_PACK_SIZE + " bytes, not " + size);
        }
        entries = List.copyOf(entries);
    }

    /**
     * What the catalog keeps of a classic part: one chunk, of whose lengths and offset nothing is said.
     *
     * @param part the SHA-256 of its bytes
     * @param name the chunk under which files refer to it
     * @param size its length in bytes, 0 if nobody knows
     */
    public static PackDirectory ofClassicPart(PackId part, ChunkId name, int size) {
        PackEntry entry = new PackEntry(0, name, CodecId.RAW, 0, 0, PackHeader.BYTES);
        return new PackDirectory(part, PackKind.CLASSIC, Suite.NONE, size, List.of(entry));
    }

    /** The most bytes that {@link #encode} makes of so many chunks. */
    static int maxEncodedLength(int chunks) {
        return MAX_COUNT_BYTES + chunks * MAX_ENTRY_BYTES;
    }

    /**
     * The entries as bytes, without padding. Offsets are not in them.
     *
     * @throws IllegalArgumentException if there are more than {@link PackFormat#MAX_CHUNKS}, or their indices do not
     *     count up from 0
     */
    public static byte[] encode(List<PackEntry> entries) {
        if (entries.size() > PackFormat.MAX_CHUNKS) {
            throw new IllegalArgumentException(
                    entries.size() + " chunks, a pack takes at most " + PackFormat.MAX_CHUNKS);
        }
        byte[] bytes = new byte[maxEncodedLength(entries.size())];
        ByteBuffer out = ByteBuffer.wrap(bytes);
        putVarint(out, entries.size());
        for (PackEntry entry : entries) {
            requireIndex(entry, entries);
            out.put(entry.id().toBytes());
            out.put((byte) entry.codec().stored());
            putVarint(out, entry.rawSize());
            putVarint(out, entry.encodedLength());
        }
        return Arrays.copyOf(bytes, out.position());
    }

    /**
     * The entries in {@code bytes}, which hold them and then nothing but zeros to the end. Takes memory in proportion
     * to the bytes given, whatever they claim. Leaves the buffer's position alone.
     *
     * @param suite how the pack's chunks are sealed, from which their offsets follow
     * @throws DamagedPackException if {@link #encode} cannot have made this
     */
    public static List<PackEntry> decode(Suite suite, ByteBuffer bytes) throws DamagedPackException {
        ByteBuffer in = bytes.duplicate();
        int count = getVarint(in, "the number of chunks", PackFormat.MAX_CHUNKS);
        if (count > in.remaining() / MIN_ENTRY_BYTES) {
            throw damaged(count + " chunks cannot be listed in " + in.remaining() + " bytes");
        }
        List<PackEntry> entries = new ArrayList<>(count);
        int offset = PackHeader.BYTES;
        for (int index = 0; index < count; index++) {
            PackEntry entry = getEntry(in, index, offset);
            entries.add(entry);
            offset += entry.sealedLength(suite);
            if (offset > PackFormat.MAX_PACK_SIZE) {
                throw damaged("chunk " + index + " ends at byte " + offset + ", a pack has at most "
                        + PackFormat.MAX_PACK_SIZE);
            }
        }
        requireZeros(in);
        return List.copyOf(entries);
    }

    /** Where the last chunk ends, in bytes from the start of the pack: where the directory starts. */
    int chunksEnd() {
        if (entries.isEmpty()) {
            return PackHeader.BYTES;
        }
        PackEntry last = entries.get(entries.size() - 1);
        return last.offset() + last.sealedLength(suite);
    }

    private static PackEntry getEntry(ByteBuffer in, int index, int offset) throws DamagedPackException {
        if (in.remaining() < MIN_ENTRY_BYTES) {
            throw damaged("ends in the entry of chunk " + index);
        }
        byte[] id = new byte[ChunkId.BYTES];
        in.get(id);
        CodecId codec = codec(index, in.get() & 0xff);
        int rawSize = getVarint(in, "the plain length of chunk " + index, PackFormat.MAX_CHUNK_BYTES);
        int encodedLength = getVarint(in, "the encoded length of chunk " + index, PackFormat.MAX_CHUNK_BYTES);
        return new PackEntry(index, ChunkId.of(id), codec, rawSize, encodedLength, offset);
    }

    private static CodecId codec(int index, int stored) throws DamagedPackException {
        try {
            CodecId codec = CodecId.of(stored);
            if (codec != CodecId.FERNET) {
                return codec;
            }
        } catch (CorruptChunkException unknown) {
            throw damaged("chunk " + index + ": " + unknown.getMessage());
        }
        throw damaged("chunk " + index + " is said to be a Fernet token, packs hold none");
    }

    private static void putVarint(ByteBuffer out, int value) {
        int rest = value;
        while (rest >= 0x80) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    private static int getVarint(ByteBuffer in, String what, int max) throws DamagedPackException {
        int value = 0;
        for (int group = 0; group < MAX_LENGTH_BYTES; group++) {
            if (!in.hasRemaining()) {
                throw damaged("ends in " + what);
            }
            int read = in.get();
            value |= (read & 0x7f) << 7 * group;
            if (read >= 0) {
                if (read == 0 && group > 0) {
                    throw damaged(what + " is written in more bytes than it needs");
                }
                if (value > max) {
                    throw damaged(what + " is " + value + ", at most " + max + " is allowed");
                }
                return value;
            }
        }
        throw damaged(what + " has more than " + MAX_LENGTH_BYTES + " bytes");
    }

    private static void requireIndex(PackEntry entry, List<PackEntry> entries) {
        if (entry.index() < entries.size() && entries.get(entry.index()).equals(entry)) {
            return;
        }
        throw new IllegalArgumentException(
                "the entry with index " + entry.index() + " is not at that place in the list");
    }

    private static void requireZeros(ByteBuffer padding) throws DamagedPackException {
        if (!padding.hasRemaining()) {
            return;
        }
        int at = padding.position();
        if (padding.get(at) == 0) {
            // Each byte is to be like the one before: ranges are compared many bytes at a time, and a full pack has
            // a hundred thousand of these.
            int rest = padding.remaining() - 1;
            int alike = padding.slice(at, rest).mismatch(padding.slice(at + 1, rest));
            if (alike < 0) {
                return;
            }
            at += alike + 1;
        }
        throw damaged("byte " + at + " is padding and should be zero");
    }

    private static DamagedPackException damaged(String message) {
        return DamagedPackException.in(DamagedPackException.Part.DIRECTORY, "directory of a pack: " + message);
    }
}
