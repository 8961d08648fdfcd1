package dev.dsync.pipeline;

import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Packs.ChunkPlace;
import dev.dsync.catalog.StoredPack;
import dev.dsync.catalog.Version;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.PackKind;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.StorageBackend;
import dev.dsync.vault.TestVault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds in a test's vault where things lie. */
public final class StoredPlaces {

    private StoredPlaces() {}

    /** All data packs. */
    public static List<StoredPack> dataPacks(TestVault home) throws IOException {
        List<StoredPack> packs = new ArrayList<>();
        try (Cursor<StoredPack> all = home.vault().catalog().packs().all(PackKind.DATA)) {
            all.forEachRemaining(packs::add);
        }
        return packs;
    }

    /** Every place of one chunk of a file. */
    public static List<ChunkPlace> places(TestVault home, String path, int chunk) throws IOException {
        Version version = home.vault()
                .catalog()
                .versions()
                .newest(RelativePath.of(path))
                .orElseThrow()
                .version();
        return home.vault()
                .catalog()
                .packs()
                .locate(home.vault().catalog().versions().chunks(version).get(chunk));
    }

    /** Where the pack lies on this target. */
    public static BlobAddress on(StorageBackend target, StoredPack pack) {
        return pack.copies().stream()
                .filter(copy -> copy.target().equals(target.id()))
                .findFirst()
                .orElseThrow()
                .address();
    }

    /** A byte inside the sealed chunk. */
    public static int inside(PackEntry entry) {
        return entry.offset() + entry.encodedLength() / 2;
    }
}
