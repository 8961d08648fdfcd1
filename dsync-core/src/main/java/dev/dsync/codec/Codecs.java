package dev.dsync.codec;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The one list of codecs that chunks in packs may be stored with. Safe for use by many threads. */
public final class Codecs {

    private final Map<CodecId, Codec> byId;

    /** All of them; the levels matter to encoding alone. */
    public Codecs() {
        List<Codec> all =
                List.of(new RawCodec(), new ZstdCodec(ZstdCodec.DEFAULT_LEVEL), new ZlibCodec(ZlibCodec.DEFAULT_LEVEL));
        byId = all.stream().collect(Collectors.toUnmodifiableMap(Codec::id, Function.identity()));
    }

    /**
     * The codec that the stored byte {@code id} stands for.
     *
     * @throws CorruptChunkException if none does, or one that packs never use
     */
    public Codec byId(int id) throws CorruptChunkException {
        return byId(CodecId.of(id));
    }

    /** The plain bytes of {@code chunk}, which stays open as long as they are used: they may share its memory. */
    public ByteBuffer decode(EncodedChunk chunk) throws CorruptChunkException {
        return byId(chunk.codec()).decode(chunk.encoded(), chunk.rawSize());
    }

    private Codec byId(CodecId id) throws CorruptChunkException {
        Codec codec = byId.get(id);
        if (codec == null) {
            throw new CorruptChunkException("codec " + id.stored() + " (" + id + ") is never used in packs");
        }
        return codec;
    }
}
