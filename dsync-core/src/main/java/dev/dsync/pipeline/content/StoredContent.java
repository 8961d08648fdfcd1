package dev.dsync.pipeline.content;

import dev.dsync.catalog.Packs.ChunkPlace;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.StoredPack;
import dev.dsync.catalog.Version;
import dev.dsync.chunk.ChunkId;
import dev.dsync.pack.PackId;
import dev.dsync.pipeline.parts.VaultParts;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Whether targets have the content of versions, asked of the targets themselves. Each pack is asked for once. */
public final class StoredContent {

    private final VaultParts vault;
    private final Map<PackId, Boolean> found = new HashMap<>();

    public StoredContent(VaultParts vault) {
        this.vault = vault;
    }

    /**
     * Makes sure that every chunk lies in a pack that a target has, with all its bytes.
     *
     * @throws IOException if one does not; the message says so in half a sentence
     */
    public void require(Version version) throws IOException {
        for (ChunkId chunk : vault.catalog().versions().chunks(version)) {
            if (!isThere(vault.catalog().packs().locate(chunk))) {
                throw new IOException(
                        "a part of its content cannot be found on any target now; 'dsync check' says more");
            }
        }
    }

    private boolean isThere(List<ChunkPlace> places) {
        return places.stream().map(ChunkPlace::pack).anyMatch(pack -> {
            Boolean known = found.get(pack.id());
            if (known == null) {
                known = pack.copies().stream().anyMatch(copy -> isThere(pack, copy));
                found.put(pack.id(), known);
            }
            return known;
        });
    }

    /** Whether the target says that it has this copy, with all its bytes. */
    public boolean isThere(StoredPack pack, StoredCopy copy) {
        if (vault.pool().live().stream().noneMatch(live -> live.id().equals(copy.target()))) {
            return false;
        }
        OptionalLong size = vault.pool().size(copy).orElse(OptionalLong.empty());
        return size.isPresent() && (pack.size() == 0 || size.getAsLong() == pack.size());
    }
}
