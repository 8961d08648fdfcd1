package dev.dsync.vault;

import dev.dsync.catalog.CommitInfo;
import dev.dsync.storage.TargetId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a vault comes to.
 *
 * @param files files that exist
 * @param deletedFiles files that were deleted and can come back
 * @param logicalBytes content of the files that exist
 * @param storedBytes what data packs take on all targets together
 * @param chunks distinct chunks
 * @param chunkBytes their plain bytes: what deduplication leaves of all versions
 * @param encodedBytes their encoded bytes: what compression leaves of that
 * @param packs data packs
 * @param packsLost data packs that no target in use has any more, and whose content is not all stored again elsewhere
 * @param newest the newest commit, if there is one
 * @param lastSync when a sync of this home last came to its end
 * @param targets all targets that the vault uses or has used
 */
public record StatusReport(
        long files,
        long deletedFiles,
        long logicalBytes,
        long storedBytes,
        long chunks,
        long chunkBytes,
        long encodedBytes,
        long packs,
        long packsLost,
        Optional<CommitInfo> newest,
        Optional<Instant> lastSync,
        List<TargetStatus> targets) {

    /** Uploads to any target whose reply was lost and that were made again. */
    public long uploadsRepeated() {
        return targets.stream().mapToLong(TargetStatus::uploadsRepeated).sum();
    }

    public StatusReport {
        targets = List.copyOf(targets);
    }

    /** Whether all that is stored is there now, and would be after the loss of any one target. */
    public boolean survivesAnyLoss() {
        return packsLost == 0 && targets.stream().allMatch(target -> target.packsOnlyHere() == 0);
    }

    /**
     * One target.
     *
     * @param id who it is; for a line whose target could not be opened and is not known, empty
     * @param line the line of webhooks.txt that names it; 0 if none does
     * @param state in a word
     * @param why more about the state, where there is more
     * @param since when a command learned that it is so, where that is remembered
     * @param packs data packs with a copy on it
     * @param bytes what those copies have together
     * @param packsOnlyHere data packs that no other target has: what losing it would cost
     * @param uploadsRepeated uploads whose reply was lost and that were made again: each may have left blobs there that
     *     nobody knows of
     */
    public record TargetStatus(
            Optional<TargetId> id,
            int line,
            State state,
            Optional<String> why,
            Optional<Instant> since,
            long packs,
            long bytes,
            long packsOnlyHere,
            long uploadsRepeated) {}

    /** How a target is doing. */
    public enum State {
        /** In use. */
        ACTIVE,
        /** Named by a line, never used and not there yet. */
        UNUSED,
        /** Named by a line, but not to be reached now. */
        UNREACHABLE,
        /** Remembered, but no line names it. */
        NOT_CONFIGURED,
        /** Gone for good. */
        RETIRED
    }
}
