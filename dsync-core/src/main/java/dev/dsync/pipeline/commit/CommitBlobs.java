package dev.dsync.pipeline.commit;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.CatalogRecord;
import dev.dsync.catalog.CatalogRecord.CommitMade;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Version;
import java.util.ArrayList;
import java.util.List;

/** The commits of history with the blobs they left, as the catalog remembers them. */
public final class CommitBlobs {

    private CommitBlobs() {}

    public static List<CommitMade> of(Catalog catalog) {
        List<CommitMade> all = new ArrayList<>();
        try (Cursor<CatalogRecord> records = catalog.commits().records(0, Version.UNCOMMITTED)) {
            // Commits come first in the order of records.
            while (records.hasNext() && records.next() instanceof CommitMade made) {
                all.add(made);
            }
        }
        return all;
    }
}
