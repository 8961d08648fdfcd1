package dev.dsync.pipeline.check;

import dev.dsync.catalog.Packs;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.StoredPack;
import dev.dsync.pack.PackDirectory;
import dev.dsync.pipeline.content.StoredPackReader;
import dev.dsync.pipeline.loss.Reach;
import dev.dsync.pipeline.loss.Reach.Standing;
import dev.dsync.pipeline.parts.SuspectCopies.Suspect;
import dev.dsync.pipeline.parts.SuspectCopies.What;
import dev.dsync.pipeline.parts.Uploads;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.placement.Placed;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.TargetId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Gives packs the copies they lack, as long as one good copy is left: exactly its bytes are stored again. Safe for use by
 * many threads.
 */
final class CopyRepair {

    private final VaultParts vault;
    private final Packs packs;
    private final PackCheck check;
    private final StoredPackReader reader;
    private final Reach reach;
    private final int copies;
    private final List<Suspect> unsound = new CopyOnWriteArrayList<>();

    /** @param copies on how many targets each pack is to lie, where there are as many */
    CopyRepair(VaultParts vault, PackCheck check, int copies) {
        this.vault = vault;
        this.packs = vault.catalog().packs();
        this.check = check;
        this.reader = new StoredPackReader(vault);
        this.reach = new Reach(vault);
        this.copies = copies;
    }

    /** Whether the pack has fewer copies than it could have; copies on targets that are away count. */
    boolean isShort(StoredPack pack) {
        List<TargetId> counted = counted(pack.copies());
        return counted.size() < copies && !free(counted).isEmpty();
    }

    /**
     * Replaces bad copies by good ones, and adds what is missing.
     *
     * @param bad copies known to be missing or damaged
     * @return false if no good copy can be read: then nothing was changed
     */
    boolean repair(StoredPack pack, Collection<StoredCopy> bad) {
        PackDirectory directory = packs.directory(pack.id());
        List<StoredCopy> kept = new ArrayList<>(pack.copies());
        kept.removeAll(bad);
        Optional<ByteBuffer> bytes = Optional.empty();
        for (StoredCopy copy : List.copyOf(kept)) {
            if (bytes.isEmpty() && reach.of(copy.target()) == Standing.IN_REACH) {
                bytes = sound(pack, directory, copy);
                if (bytes.isEmpty()) {
                    kept.remove(copy);
                }
            }
        }
        if (bytes.isEmpty()) {
            return false;
        }
        List<TargetId> counted = counted(kept);
        int missing = Math.min(copies - counted.size(), free(counted).size());
        if (missing > 0) {
            kept.addAll(store(bytes.get(), missing, counted));
        }
        if (!kept.equals(pack.copies())) {
            packs.relocate(pack.id(), kept);
            vault.catalog().flush();
        }
        return true;
    }

    /** Copies that looked good and turned out to be damaged when they were to be copied. */
    List<Suspect> unsound() {
        return List.copyOf(unsound);
    }

    private Optional<ByteBuffer> sound(StoredPack pack, PackDirectory directory, StoredCopy copy) {
        try {
            ByteBuffer bytes = reader.fetch(List.of(copy), pack.size());
            if (check.isSound(pack, directory, bytes)) {
                return Optional.of(bytes);
            }
            unsound.add(Suspect.pack(What.DATA, pack.id(), copy));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private List<StoredCopy> store(ByteBuffer bytes, int count, List<TargetId> already) {
        try {
            List<StoredCopy> stored = new ArrayList<>();
            for (Placed placed : Uploads.await(vault.pool().storeElsewhere(List.of(bytes), count, already))) {
                stored.add(new StoredCopy(placed.target(), placed.addresses().get(0)));
            }
            return stored;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted while a copy was stored", e));
        }
    }

    private List<TargetId> counted(List<StoredCopy> of) {
        return of.stream()
                .map(StoredCopy::target)
                .filter(target -> reach.of(target) == Standing.IN_REACH || reach.of(target) == Standing.AWAY)
                .toList();
    }

    private List<StorageBackend> free(List<TargetId> counted) {
        return vault.pool().live().stream()
                .filter(target -> !counted.contains(target.id()))
                .toList();
    }
}
