package dev.dsync.metadata;

import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.StoredPack;
import java.io.IOException;

/** Says where blobs lie. */
public interface StoredPlaces {

    /** Whether the copy can be read from a target that is open: of several copies such a one is told. */
    boolean isInReach(StoredCopy copy);

    /** The place of one copy of a pack. */
    StoredPlace of(StoredPack pack, StoredCopy copy) throws IOException;
}
