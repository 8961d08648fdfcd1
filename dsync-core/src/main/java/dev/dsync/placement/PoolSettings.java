package dev.dsync.placement;

import dev.dsync.storage.TargetId;
import java.util.Set;

/**
 * How a pool treats its targets.
 *
 * @param retired those that are gone for good: nothing is stored on them, and they are read last
 * @param leastBlobBytes a target that does not take a blob of so many bytes, or no longer, is told of and left alone
 * @param rates how fast is sent and fetched, all targets together
 */
public record PoolSettings(Set<TargetId> retired, int leastBlobBytes, TransferRates rates) {

    /** Every target is of use, however little it takes, and used as fast as it is. */
    public static final PoolSettings PLAIN = new PoolSettings(Set.of(), 1, TransferRates.UNLIMITED);

    public PoolSettings {
        retired = Set.copyOf(retired);
    }
}
