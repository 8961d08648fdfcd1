package dev.dsync.pipeline.commit;

import dev.dsync.catalog.CatalogRecord;
import dev.dsync.catalog.CatalogRecord.PackContents;
import dev.dsync.catalog.CatalogRecord.PackCopies;
import dev.dsync.catalog.Packs;
import dev.dsync.pack.PackDirectory;
import dev.dsync.pack.PackId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Sees records of packs in segment order, and records those that the catalog has not: this home took them out, but what
 * it knows now still has them.
 */
final class PutBack implements Consumer<CatalogRecord> {

    private final Packs packs;
    private final Map<PackId, PackDirectory> missing = new HashMap<>();

    PutBack(Packs packs) {
        this.packs = packs;
    }

    @Override
    public void accept(CatalogRecord record) {
        if (record instanceof PackContents pack) {
            if (packs.find(pack.directory().id()).isEmpty()) {
                missing.put(pack.directory().id(), pack.directory());
            }
        } else if (record instanceof PackCopies copies) {
            PackDirectory directory = missing.remove(copies.pack());
            if (directory != null) {
                packs.record(directory, copies.copies());
            }
        }
    }
}
