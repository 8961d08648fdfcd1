package dev.dsync.catalog;

import dev.dsync.pack.PackId;
import dev.dsync.pack.PackKind;
import dev.dsync.pack.Suite;
import java.util.List;

/**
 * A pack that lies on targets.
 *
 * @param id its salt
 * @param kind what it holds
 * @param suite how its chunks are sealed
 * @param size bytes of the blob; 0 for a classic part whose length nobody knows
 * @param copies where it lies; empty when every copy was lost
 */
public record StoredPack(PackId id, PackKind kind, Suite suite, int size, List<StoredCopy> copies) {

    public StoredPack {
        copies = List.copyOf(copies);
    }
}
