package dev.dsync.pipeline;

import dev.dsync.source.FileFailure;
import java.time.Duration;
import java.util.List;

/**
 * What a sync did. Files count, symbolic links too; folders do not.
 *
 * @param added paths that were new, or back after a deletion
 * @param changed paths with another content, mode or time
 * @param deleted paths that were gone
 * @param unchanged paths that were as before
 * @param failed what could not be read
 * @param skipped what is not kept: sockets, pipes, devices
 * @param bytesRead content read
 * @param bytesStored every byte put on targets: packs, commits, roots, all copies
 * @param packs packs stored, data and catalog
 * @param requests requests sent to targets
 * @param took how long it took
 * @param interrupted whether it was asked to stop before the end
 */
public record SyncReport(
        long added,
        long changed,
        long deleted,
        long unchanged,
        List<FileFailure> failed,
        List<FileFailure> skipped,
        long bytesRead,
        long bytesStored,
        long packs,
        long requests,
        Duration took,
        boolean interrupted) {

    public SyncReport {
        failed = List.copyOf(failed);
        skipped = List.copyOf(skipped);
    }

    /** The same report with another number of requests. */
    public SyncReport withRequests(long count) {
        return new SyncReport(
                added,
                changed,
                deleted,
                unchanged,
                failed,
                skipped,
                bytesRead,
                bytesStored,
                packs,
                count,
                took,
                interrupted);
    }
}
