package dev.dsync.vault;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.CatalogRecord;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.WriterId;
import dev.dsync.pipeline.parts.HomeFacts;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes a home known to its vault as a writer, once; one that lost its state is known again by machine and folder. */
final class WriterIntroduction {

    private final Catalog catalog;
    private final RandomGenerator random;

    WriterIntroduction(Catalog catalog, RandomGenerator random) {
        this.catalog = catalog;
        this.random = random;
    }

    /** Sees to it that the home that keeps {@code folder} safe has a writer id. */
    void of(Path folder) {
        HomeFacts facts = new HomeFacts(catalog.home());
        if (facts.writer().isPresent()) {
            return;
        }
        String host = HostName.here();
        Optional<CatalogRecord.WriterSeen> before = new KnownWriters(catalog).at(host, folder);
        if (before.isPresent()) {
            facts.setWriter(before.get().writer());
            return;
        }
        WriterId writer = WriterId.random(random);
        facts.setWriter(writer);
        catalog.commits().apply(new CatalogRecord.WriterSeen(writer, host, folder.toString(), Version.UNCOMMITTED));
    }
}
