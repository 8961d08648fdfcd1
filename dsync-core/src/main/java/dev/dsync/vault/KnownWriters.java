package dev.dsync.vault;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.CatalogRecord;
import dev.dsync.catalog.CatalogRecord.CommitMade;
import dev.dsync.catalog.CatalogRecord.WriterSeen;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The homes that have written to the vault, as the catalog remembers them. By machine and synced folder a home that lost
 * its state knows itself again: then what is missing in its folder was deleted, as always. Any other home is a new
 * writer, and what it never had it cannot miss.
 */
final class KnownWriters {

    private final List<WriterSeen> all = new ArrayList<>();

    KnownWriters(Catalog catalog) {
        try (Cursor<CatalogRecord> records = catalog.commits().records(0, Version.UNCOMMITTED)) {
            while (records.hasNext()) {
                CatalogRecord record = records.next();
                if (record instanceof WriterSeen writer) {
                    all.add(writer);
                } else if (!(record instanceof CommitMade)) {
                    // Writers come right after commits in the order of records.
                    return;
                }
            }
        }
    }

    /** The home on this machine that kept this folder safe. */
    Optional<WriterSeen> at(String host, Path folder) {
        return all.stream()
                .filter(writer -> writer.host().equals(host) && writer.folder().equals(folder.toString()))
                .findFirst();
    }

    /** The folder that homes on this machine kept safe, if it was only one. */
    Optional<Path> onlyFolder(String host) {
        List<String> folders = all.stream()
                .filter(writer -> writer.host().equals(host))
                .map(WriterSeen::folder)
                .distinct()
                .toList();
        return folders.size() == 1 ? Optional.of(Path.of(folders.get(0))) : Optional.empty();
    }
}
