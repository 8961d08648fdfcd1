package dev.dsync.pipeline;

import dev.dsync.codec.Compression;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * How one prune is made.
 *
 * @param keeps what stays
 * @param dryRun whether to tell what would be done and do nothing
 * @param clockTrusted whether a person vouches for this machine's clock: then what is old by it counts as old, whether or
 *     anything else shows that so much time has passed
 * @param packSize length of a full pack, in bytes
 * @param copies on how many targets each data pack lies
 * @param compression how the catalog's blocks are made smaller
 * @param notices hears of what people should know, a sentence each
 * @param stop asked now and then; once it says true the prune ends at a safe point
 */
public record PruneOptions(
        Keeps keeps,
        boolean dryRun,
        boolean clockTrusted,
        int packSize,
        int copies,
        Compression compression,
        Consumer<String> notices,
        BooleanSupplier stop) {

    public CommitSettings commits() {
        return new CommitSettings(packSize, Math.max(2, copies), compression);
    }
}
