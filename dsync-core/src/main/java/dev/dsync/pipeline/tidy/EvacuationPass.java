package dev.dsync.pipeline.tidy;

import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.KnownTarget;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.StoredPack;
import dev.dsync.chunk.ByteBudget;
import dev.dsync.pack.PackDirectory;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.PackKind;
import dev.dsync.pack.PackReader;
import dev.dsync.pipeline.CommitSettings;
import dev.dsync.pipeline.EvacuationReport;
import dev.dsync.pipeline.commit.CommitWriter;
import dev.dsync.pipeline.content.ClassicParts;
import dev.dsync.pipeline.content.StoredContent;
import dev.dsync.pipeline.content.StoredPackReader;
import dev.dsync.pipeline.parts.Uploads;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.placement.Placed;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.TargetId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Moves what lies on one target to the others, so that it can be given up: exactly the same bytes, each pack verified on
 * the way, the catalog's own packs written anew. The target counts as retired only once a commit says where everything
 * lies now. One object makes one pass.
 */
public final class EvacuationPass {

    /** Packs under way at once: as many as one request of Discord's carries. */
    private static final int AT_ONCE = 3;

    private record Moving(StoredPack pack, List<StoredCopy> kept, CompletableFuture<List<Placed>> placed) {}

    private final VaultParts vault;
    private final TargetId leaving;
    private final CommitSettings settings;
    private final BooleanSupplier stop;
    private final StoredPackReader reader;
    private final ClassicParts parts;
    private final Deque<Moving> underWay = new ArrayDeque<>();
    private final Set<String> failed = new HashSet<>();
    private long packs;
    private long bytes;

    /** An evacuation of the target {@code leaving}. */
    public EvacuationPass(VaultParts vault, TargetId leaving, CommitSettings settings, BooleanSupplier stop) {
        this.vault = vault;
        this.leaving = leaving;
        this.settings = settings;
        this.stop = stop;
        this.reader = new StoredPackReader(vault);
        this.parts = new ClassicParts(vault);
    }

    /** Makes the pass. */
    public EvacuationReport run() throws IOException, InterruptedException {
        try (ByteBudget budget = vault.newBudget()) {
            CommitWriter commits = new CommitWriter(vault, settings, budget);
            commits.resume();
            commits.catchUp();
            vault.pool().leaveAlone(leaving);
            for (List<StoredPack> there = packsThere(); !there.isEmpty(); there = packsThere()) {
                packs += there.size();
                for (StoredPack pack : there) {
                    move(pack);
                }
                while (!underWay.isEmpty()) {
                    arrive(underWay.remove());
                }
                commits.commit();
                if (!failed.isEmpty() || stop.getAsBoolean()) {
                    return new EvacuationReport(packs, bytes, List.copyOf(failed), false);
                }
            }
            vault.catalog().targets().set(leaving, KnownTarget.State.RETIRED);
            commits.packAnew();
            commits.commit();
            vault.catalog().flush();
            return new EvacuationReport(packs, bytes, List.of(), true);
        }
    }

    private List<StoredPack> packsThere() {
        List<StoredPack> there = new ArrayList<>();
        for (PackKind kind : PackKind.values()) {
            try (Cursor<StoredPack> all = vault.catalog().packs().all(kind)) {
                while (all.hasNext()) {
                    StoredPack pack = all.next();
                    if (pack.copies().stream().anyMatch(copy -> copy.target().equals(leaving))) {
                        there.add(pack);
                    }
                }
            }
        }
        return there;
    }

    private void move(StoredPack pack) throws IOException, InterruptedException {
        if (stop.getAsBoolean()) {
            return;
        }
        List<StorageBackend> others = vault.pool().live();
        List<StoredCopy> kept =
                pack.copies().stream().filter(copy -> isThere(pack, copy)).toList();
        Optional<StorageBackend> free = others.stream()
                .filter(other -> kept.stream().noneMatch(copy -> copy.target().equals(other.id())))
                .findFirst();
        if (!kept.isEmpty() && (free.isEmpty() || kept.size() >= pack.copies().size())) {
            relocate(pack, kept, List.of());
            return;
        }
        ByteBuffer content;
        try {
            content = fetch(pack);
        } catch (IOException e) {
            failed.add("pack " + pack.id() + " cannot be moved: " + e.getMessage());
            return;
        }
        if (kept.isEmpty()) {
            while (underWay.size() >= AT_ONCE) {
                arrive(underWay.remove());
            }
            underWay.add(new Moving(
                    pack,
                    kept,
                    vault.pool().store(List.of(content), pack.copies().size())));
        } else {
            copyTo(free.orElseThrow(), pack, kept, content);
        }
    }

    /** Whether another target in use has this copy; only its own word counts. */
    private boolean isThere(StoredPack pack, StoredCopy copy) {
        if (copy.target().equals(leaving)) {
            return false;
        }
        return new StoredContent(vault).isThere(pack, copy);
    }

    private void copyTo(StorageBackend target, StoredPack pack, List<StoredCopy> kept, ByteBuffer content) {
        List<BlobAddress> addresses = new ArrayList<>();
        if (vault.pool().attempt(target.id(), () -> addresses.addAll(target.put(List.of(content))))) {
            bytes += pack.size();
            relocate(pack, kept, List.of(new StoredCopy(target.id(), addresses.get(0))));
        } else {
            failed.add(
                    "pack " + pack.id() + " could not be stored on " + target.id() + ": 'dsync targets test' says why");
        }
    }

    private void arrive(Moving moving) throws IOException, InterruptedException {
        List<StoredCopy> copies = Uploads.await(moving.placed()).stream()
                .map(placed ->
                        new StoredCopy(placed.target(), placed.addresses().get(0)))
                .toList();
        bytes += (long) moving.pack().size() * copies.size();
        relocate(moving.pack(), moving.kept(), copies);
    }

    private void relocate(StoredPack pack, List<StoredCopy> kept, List<StoredCopy> added) {
        List<StoredCopy> copies = new ArrayList<>(kept);
        copies.addAll(added);
        vault.catalog().packs().relocate(pack.id(), copies);
        vault.catalog().flush();
    }

    /** All bytes of a copy that is as it was stored. */
    private ByteBuffer fetch(StoredPack pack) throws IOException {
        IOException trouble = new IOException("it has no copy that can be read");
        for (StoredCopy copy : pack.copies()) {
            try {
                if (pack.kind() == PackKind.CLASSIC) {
                    return parts.sound(pack, List.of(copy));
                }
                return reader.whole(List.of(copy), pack.size(), content -> {
                    if (pack.kind() == PackKind.DATA) {
                        requireSound(pack, content);
                    }
                    return content;
                });
            } catch (IOException e) {
                trouble = e;
            }
        }
        throw trouble;
    }

    private void requireSound(StoredPack pack, ByteBuffer content) throws IOException {
        PackDirectory directory = reader.directory(pack.id(), content);
        try (PackReader opener = reader.opener(directory)) {
            for (PackEntry entry : directory.entries()) {
                reader.open(opener, pack.suite(), entry, content, 0);
            }
        }
    }
}
