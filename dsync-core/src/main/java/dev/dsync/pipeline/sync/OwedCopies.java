package dev.dsync.pipeline.sync;

import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Packs;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.StoredPack;
import dev.dsync.codec.CorruptChunkException;
import dev.dsync.pack.DamagedPackException;
import dev.dsync.pack.PackDirectory;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.PackId;
import dev.dsync.pack.PackKind;
import dev.dsync.pack.PackReader;
import dev.dsync.pipeline.SyncOptions;
import dev.dsync.pipeline.commit.CommitWriter;
import dev.dsync.pipeline.content.StoredPackReader;
import dev.dsync.pipeline.loss.Reach;
import dev.dsync.pipeline.loss.Reach.Standing;
import dev.dsync.pipeline.parts.Uploads;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.placement.Placed;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Copies of data packs that are still to be stored, because a target was not there when the packs were, or more copies are
 * wanted since. Each sync stores some, exactly the bytes of a sound copy. One object, one pass.
 */
final class OwedCopies {

    /** About half a gigabyte of full packs: no pass gets much longer by it. */
    private static final int MOST_PACKS_A_PASS = 64;

    private final VaultParts vault;
    private final SyncOptions options;
    private final Tally tally;
    private final Packs packs;
    private final Reach reach;
    private final StoredPackReader reader;
    private int stored;

    OwedCopies(VaultParts vault, SyncOptions options, Tally tally) {
        this.vault = vault;
        this.options = options;
        this.tally = tally;
        this.packs = vault.catalog().packs();
        this.reach = new Reach(vault);
        this.reader = new StoredPackReader(vault);
    }

    /**
     * Stores as many as a pass may; asks no target if none are owed, or none could take them. What cannot be stored or
     * read now stays owed: no failure of this pass.
     */
    void store(CommitWriter commits) throws IOException, InterruptedException {
        List<PackId> owed = options.copies() == 1 ? List.of() : find();
        if (owed.isEmpty()) {
            return;
        }
        commits.catchUp();
        for (PackId id : owed.subList(0, Math.min(owed.size(), MOST_PACKS_A_PASS))) {
            Optional<StoredPack> pack = packs.find(id);
            if (options.stop().getAsBoolean() || pack.isPresent() && isOwed(pack.get()) && !store(pack.get())) {
                return;
            }
        }
        if (stored > 0 && owed.size() <= MOST_PACKS_A_PASS) {
            // What the target missed of the catalog is owed to it too: it must be enough to recover from. A pack that
            // stays owed because it is damaged is no reason to do that in each pass.
            commits.packAnew();
        }
    }

    /** Those of this pass, and one more if there are more. */
    private List<PackId> find() {
        List<PackId> owed = new ArrayList<>();
        try (Cursor<StoredPack> all = packs.all(PackKind.DATA)) {
            while (all.hasNext() && owed.size() <= MOST_PACKS_A_PASS) {
                StoredPack pack = all.next();
                if (isOwed(pack)) {
                    owed.add(pack.id());
                }
            }
        }
        return owed;
    }

    /** Whether it lies on fewer targets than it should, those that are away included, and another could take it now. */
    private boolean isOwed(StoredPack pack) {
        List<TargetId> lying = lying(pack);
        return lying.size() < options.copies()
                && reach.inReach(pack)
                && vault.pool().live().stream().anyMatch(target -> !lying.contains(target.id()));
    }

    private List<TargetId> lying(StoredPack pack) {
        return pack.copies().stream()
                .map(StoredCopy::target)
                .filter(target -> reach.of(target) == Standing.IN_REACH || reach.of(target) == Standing.AWAY)
                .toList();
    }

    /** Whether going on is worth it: not once a target refuses. A damaged pack is passed over; a check mends it. */
    private boolean store(StoredPack pack) throws IOException, InterruptedException {
        try {
            ByteBuffer sound = reader.whole(pack.copies(), pack.size(), bytes -> sound(pack, bytes));
            List<TargetId> lying = lying(pack);
            List<StoredCopy> copies = new ArrayList<>(pack.copies());
            for (Placed placed : Uploads.await(
                    vault.pool().storeElsewhere(List.of(sound), options.copies() - lying.size(), lying))) {
                copies.add(new StoredCopy(placed.target(), placed.addresses().get(0)));
            }
            tally.bytesStored.addAndGet(
                    (long) pack.size() * (copies.size() - pack.copies().size()));
            packs.relocate(pack.id(), copies);
            vault.catalog().flush();
            stored++;
            return true;
        } catch (DamagedPackException | CorruptChunkException e) {
            return true;
        } catch (StorageException e) {
            return false;
        }
    }

    private ByteBuffer sound(StoredPack pack, ByteBuffer bytes) throws IOException {
        PackDirectory recorded = packs.directory(pack.id());
        if (!reader.directory(pack.id(), bytes).equals(recorded)) {
            throw new CorruptChunkException("its directory says other things than the catalog");
        }
        try (PackReader opener = reader.opener(recorded)) {
            for (PackEntry entry : recorded.entries()) {
                reader.open(opener, pack.suite(), entry, bytes, 0);
            }
        }
        return bytes;
    }
}
