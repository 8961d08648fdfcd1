package dev.dsync.pipeline.commit;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.CatalogRecord;
import dev.dsync.catalog.CatalogRecord.PackContents;
import dev.dsync.catalog.CatalogRecord.PackCopies;
import dev.dsync.catalog.MalformedCatalogException;
import dev.dsync.catalog.SegmentReader;
import dev.dsync.catalog.SegmentWriter;
import dev.dsync.catalog.StoredPack;
import dev.dsync.pipeline.parts.HomeFacts;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The packs that the next commit takes out of the vault. Until that commit is part of history another writer may commit
 * something that relies on one of them, so this home remembers what they hold, and puts them back when it takes in what
 * another wrote.
 */
public final class TakenOut {

    /** Every record has it: the sequence means nothing here. */
    private static final long SEQUENCE = 1;

    private final Catalog catalog;
    private final HomeFacts home;

    public TakenOut(Catalog catalog) {
        this.catalog = catalog;
        this.home = new HomeFacts(catalog.home());
    }

    /** Takes these packs out of the catalog, and remembers them. */
    public void takeOut(List<StoredPack> packs) {
        List<StoredPack> sorted = new ArrayList<>(packs);
        sorted.sort(Comparator.comparing(StoredPack::id));
        List<CatalogRecord> records = new ArrayList<>();
        sorted.forEach(pack -> records.add(new PackContents(catalog.packs().directory(pack.id()), SEQUENCE)));
        sorted.forEach(pack -> records.add(new PackCopies(pack.id(), pack.copies(), SEQUENCE)));
        List<String> lines = new ArrayList<>();
        home.takenOut().ifPresent(lines::add);
        for (SegmentWriter blocks = new SegmentWriter(records.iterator()); blocks.hasNext(); ) {
            lines.add(Base64.getEncoder().encodeToString(blocks.next()));
        }
        home.setTakenOut(Optional.of(String.join("\n", lines)));
        sorted.forEach(pack -> catalog.packs().remove(pack.id()));
    }

    /** Puts back what was taken out and no commit of history says so. */
    void putBack() throws MalformedCatalogException {
        Optional<String> lines = home.takenOut();
        if (lines.isEmpty()) {
            return;
        }
        SegmentReader reader = new SegmentReader(0, SEQUENCE, new PutBack(catalog.packs()));
        for (String line : lines.get().split("\n")) {
            reader.read(Base64.getDecoder().decode(line));
        }
        home.setTakenOut(Optional.empty());
    }

    /** What was taken out is out for good. */
    public void settle() {
        home.setTakenOut(Optional.empty());
    }
}
