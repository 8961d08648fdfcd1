package dev.dsync.pipeline.sync;

import dev.dsync.catalog.ChunkList;
import dev.dsync.catalog.Sha256;
import dev.dsync.chunk.Chunk;
import dev.dsync.pipeline.Treatment;
import dev.dsync.pipeline.parts.Digests;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * One file on its way through the pipeline: the digest of its whole content, taken chunk by chunk in file order, and the
 * list of its chunks so far.
 */
final class FileInHand {

    private final MessageDigest digest = Digests.sha256();
    private final ChunkList.Builder chunks = new ChunkList.Builder();
    private final Treatment treatment;
    private CompletableFuture<Void> digested = CompletableFuture.completedFuture(null);

    /** @param treatment what is done with its chunks */
    FileInHand(Treatment treatment) {
        this.treatment = treatment;
    }

    /** What is done with its chunks. */
    Treatment treatment() {
        return treatment;
    }

    /** Has the chunk digested after those before it. Called by the reading thread only. */
    CompletableFuture<Void> digest(Chunk chunk, Executor workers) {
        ByteBuffer bytes = chunk.bytes();
        digested = digested.thenRunAsync(() -> digest.update(bytes), workers);
        return digested;
    }

    /** Completes once all chunks given so far are digested. Called by the reading thread only. */
    CompletableFuture<Sha256> sha256() {
        return digested.thenApply(done -> Sha256.of(digest.digest()));
    }

    /** The chunks so far, in file order. Added to by the packing thread only. */
    ChunkList.Builder chunks() {
        return chunks;
    }
}
