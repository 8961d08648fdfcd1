package dev.dsync.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** The one list of codecs that a pack's chunks may be stored with. Safe for use by many threads. */
public final class Codecs {

    private final Map<CodecId, Codec> byId;

    public Codecs(Codec... all) {
        Map<CodecId, Codec> listed = new EnumMap<>(CodecId.class);
        Arrays.stream(all).forEach(codec -> listed.put(codec.id(), codec));
        byId = Collections.unmodifiableMap(listed);
    }

    /**
     * The codec that the stored byte {@code id} stands for.
     *
     * @throws CorruptChunkException if none does, or one that packs never use
     */
    public Codec byId(int id) throws CorruptChunkException {
        return byId(CodecId.of(id));
    }

    /** The plain bytes of {@code chunk}, which stays open. They may share its memory. */
    public ByteBuffer decode(EncodedChunk chunk) throws CorruptChunkException {
        return byId(chunk.codec()).decode(chunk.encoded(), chunk.rawSize());
    }

    private Codec byId(CodecId id) throws CorruptChunkException {
        Codec codec = byId.get(id);
        if (codec == null) {
            throw new CorruptChunkException("codec " + id.stored() + " (" + id + ") is not used in packs");
        }
        return codec;
    }
}
