package dev.dsync.pipeline;

/**
 * What a prune did, or would do.
 *
 * @param versionsRemoved versions of files and links that are no longer part of the vault, deletions included
 * @param packsDeleted data packs that were deleted from targets, each copy counted
 * @param bytesFreed bytes of all that was deleted: data packs, superseded commits, catalog packs and orphans, as far as this
 *     home knows their sizes or the service tells them without a request; less what was stored again of packs that were mostly
 *     dead
 * @param blobsWaiting what is to be deleted by a later run: after a day, because another home writes to the vault too, or
 *     once a target is back
 * @param interrupted whether it was asked to stop before the end
 */
public record PruneReport(
        long versionsRemoved, long packsDeleted, long bytesFreed, long blobsWaiting, boolean interrupted) {}
