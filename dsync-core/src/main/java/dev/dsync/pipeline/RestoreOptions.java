package dev.dsync.pipeline;

import dev.dsync.source.RelativePath;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * How one restore is made.
 *
 * @param wanted which paths; folders on the way to them are made as needed
 * @param to the folder to restore into; it is made if need be
 * @param sequence the tree as it was with this commit; {@link dev.dsync.catalog.Version#UNCOMMITTED} for now
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
        BooleanSupplier stop) {}
