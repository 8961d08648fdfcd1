package dev.dsync.pipeline;

import dev.dsync.catalog.Catalog;
import dev.dsync.chunk.ByteBudget;
import dev.dsync.chunk.Chunker;
import dev.dsync.codec.Codecs;
import dev.dsync.codec.FernetCodec;
import dev.dsync.key.VaultId;
import dev.dsync.pack.PackFormat;
import dev.dsync.placement.TargetPool;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What every job on one open vault works with. The parts belong to whoever opened the vault.
 *
 * @param seals what seals and opens packs, commits and roots, and names chunks
 * @param catalog what the vault holds, as this home knows it
 * @param pool the targets
 * @param chunker where files are cut
 * @param codecs what stored chunks may be encoded with
 * @param memoryBytes for all chunks and packs in flight
 * @param spool a folder for sealed packs that memory has no room for
 * @param clock the time
 * @param random salts and choices
 * @param threads how many chunks are worked on at once
 */
public record VaultParts(
        Seals seals,
        Catalog catalog,
        TargetPool pool,
        Chunker chunker,
        Codecs codecs,
        long memoryBytes,
        Path spool,
        InstantSource clock,
        RandomGenerator random,
        int threads) {

    /** What a job needs at the very least: windows for reading, the shelf of waiting chunks, and two open packs. */
    public static final long LEAST_MEMORY = 40L << 20;

    public VaultParts {
        if (memoryBytes < LEAST_MEMORY || threads < 1) {
            throw new IllegalArgumentException("a vault needs " + LEAST_MEMORY + " bytes of memory and a thread, got "
                    + memoryBytes + " and " + threads);
        }
    }

    VaultId vault() {
        return seals.vault();
    }

    /** The cipher of the classic layout. */
    FernetCodec fernet() {
        return seals.fernet(clock, random);
    }

    /** The memory of one job, counted. */
    ByteBudget newBudget() {
        return new ByteBudget(memoryBytes, PackFormat.MAX_CHUNK_BYTES + memoryBytes / 20);
    }
}
