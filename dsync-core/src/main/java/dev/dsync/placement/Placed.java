package dev.dsync.placement;

import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.TargetId;
import java.util.List;

/** One copy of what was stored together: the target, and where each blob lies there, in the order given. */
public record Placed(TargetId target, List<BlobAddress> addresses) {

    public Placed {
        addresses = List.copyOf(addresses);
    }
}
