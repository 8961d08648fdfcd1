package dev.dsync.codec;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The one list of codecs that chunks in packs may be stored with. Safe for use by many threads. */
public final class Codecs {

    private final Map<CodecId, Codec> byId;

    /** All of this project; the levels matter to encoding alone. */
    public Codecs() {
        this(List.of());
    }

    /**
     * All of this project and those of an application.
     *
     * @throws IllegalArgumentException if two have the same id, or one has an id that is not for applications
     */
    public Codecs(Collection<Codec> ofApplication) {
        for (Codec codec : ofApplication) {
            if (!codec.id().isOfApplication()) {
                throw new IllegalArgumentException(
                        "a codec of your own needs an id made with CodecId.ofApplication, not " + codec.id());
            }
        }
        Stream<Codec> ours = Stream.of(
                new RawCodec(), new ZstdCodec(ZstdCodec.DEFAULT_LEVEL), new ZlibCodec(ZlibCodec.DEFAULT_LEVEL));
        byId = Stream.concat(ours, ofApplication.stream().map(GuardedCodec::new))
                .collect(Collectors.toUnmodifiableMap(Codec::id, Function.identity(), Codecs::refuseSecond));
    }

    private static Codec refuseSecond(Codec first, Codec second) {
        throw new IllegalArgumentException("two codecs have the id " + first.id());
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
        if (codec == null && id.isOfApplication()) {
            throw new CorruptChunkException("codec " + id.stored()
                    + " belongs to the application that stored this: open the vault with that codec");
        }
        if (codec == null) {
            throw new CorruptChunkException("codec " + id.stored() + " (" + id + ") is never used in packs");
        }
        return codec;
    }
}
