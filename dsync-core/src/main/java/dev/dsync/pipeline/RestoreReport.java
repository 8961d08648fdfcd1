package dev.dsync.pipeline;

import dev.dsync.source.FileFailure;
import java.time.Duration;
import java.util.List;

/**
 * What a restore did. Files count, symbolic links too; folders do not.
 *
 * @param restored files and links that are now as they were
 * @param skipped those left alone because of what was already there
 * @param bytes content written
 * @param failed what could not be restored
 * @param kept what was skipped although it differs, with why
 * @param took how long it took
 * @param interrupted whether it was asked to stop before the end
 */
public record RestoreReport(
        long restored,
        long skipped,
        long bytes,
        List<FileFailure> failed,
        List<FileFailure> kept,
        Duration took,
        boolean interrupted) {

    public RestoreReport {
        failed = List.copyOf(failed);
        kept = List.copyOf(kept);
    }
}
