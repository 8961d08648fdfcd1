package dev.dsync.chunk;

import dev.dsync.key.MacKey;
import java.nio.ByteBuffer;

/** Names chunks: {@link ChunkId} = HMAC-SHA256(key, plain bytes). Safe for use by many threads. */
public final class ChunkNamer {

    private final MacKey key;

    /** Names under {@code key}, which is the vault's key for {@code CHUNK_ID} or {@code PLAIN_CHUNK_ID}. */
    public ChunkNamer(MacKey key) {
        this.key = key;
    }

    /** The name of the buffer's remaining bytes; its position stays. */
    public ChunkId name(ByteBuffer plain) {
        return ChunkId.of(key.mac(plain));
    }
}
