package dev.dsync.pipeline.parts;

import dev.dsync.catalog.Catalog;
import dev.dsync.chunk.ByteBudget;
import dev.dsync.chunk.Chunker;
import dev.dsync.codec.Codecs;
import dev.dsync.codec.FernetCodec;
import dev.dsync.key.VaultId;
import dev.dsync.pack.PackFormat;
import dev.dsync.placement.TargetPool;
import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.RunningTime;
import dev.dsync.storage.TargetId;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Consumer;
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
 * @param away targets that a line names and that could not be opened, as far as it is known who they are
 * @param suspects what checks found missing or damaged
 * @param notices hears what people are to be told that is no failure, a sentence each
 * @param spool a folder for sealed packs that memory has no room for
 * @param clock the time
 * @param runningTime what shows how much time has passed, whatever the clock is set to
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
        Set<TargetId> away,
        SuspectCopies suspects,
        Consumer<String> notices,
        Path spool,
        InstantSource clock,
        RunningTime runningTime,
        RandomGenerator random,
        int threads) {

    /** What a job needs at the very least: windows for reading, the shelf of waiting chunks, and two open packs. */
    public static final long LEAST_MEMORY = 40L << 20;

    public VaultParts {
        away = Set.copyOf(away);
        if (memoryBytes < LEAST_MEMORY || threads < 1) {
            throw new IllegalArgumentException("a vault needs " + LEAST_MEMORY + " bytes of memory and a thread, got "
                    + memoryBytes + " and " + threads);
        }
    }

    /**
     * The length of full packs now: as wanted, or less where a live target takes only less, for all targets together.
     */
    public int packSize(int wanted) {
        int taken = pool.commonLimits().map(BackendLimits::maxBlobBytes).orElse(wanted);
        return Math.max(PackFormat.MIN_PACK_SIZE, Math.min(wanted, taken));
    }

    public VaultId vault() {
        return seals.vault();
    }

    /** The cipher of the classic layout. */
    public FernetCodec fernet() {
        return seals.fernet(clock, random);
    }

    /** The memory of one job, counted. */
    public ByteBudget newBudget() {
        return new ByteBudget(memoryBytes, PackFormat.MAX_CHUNK_BYTES + memoryBytes / 20);
    }
}
