package dev.dsync.pipeline;

import dev.dsync.catalog.Version;
import dev.dsync.source.RelativePath;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * How one restore is made.
 *
 * @param wanted which paths; folders on the way to them are made as needed
 * @param to the folder to restore into; it is made if need be
 * @param sequence the tree as it was with this commit; {@link Version#UNCOMMITTED} for now
 * @param overwrite what to do where a file already is
 * @param includeDeleted whether deleted files come back too, as they were last
 * @param dryRun whether to tell what would be done and do nothing
 * @param stop asked now and then; once it says true the restore ends, with no half file left behind
 */
public record RestoreOptions(
        Predicate<RelativePath> wanted,
        Path to,
        long sequence,
        Overwrite overwrite,
        boolean includeDeleted,
        boolean dryRun,
        BooleanSupplier stop) {

    /** Everything as it is now, into {@code folder}; files there that are newer stay. */
    public static RestoreOptions everythingTo(Path folder) {
        return new RestoreOptions(
                path -> true, folder, Version.UNCOMMITTED, Overwrite.CHANGED, false, false, () -> false);
    }
}
