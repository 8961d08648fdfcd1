package dev.dsync.pipeline;

import dev.dsync.source.FileFailure;
import java.util.List;

/**
 * What an import did.
 *
 * @param files files adopted, deleted ones among them
 * @param unchanged files that had been adopted before
 * @param skipped files that were not adopted, and why
 */
public record ImportReport(long files, long unchanged, List<FileFailure> skipped) {

    public ImportReport {
        skipped = List.copyOf(skipped);
    }
}
