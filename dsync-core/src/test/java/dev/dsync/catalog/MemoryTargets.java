package dev.dsync.catalog;

import dev.dsync.catalog.CatalogRecord.PackCopies;
import dev.dsync.catalog.CatalogRecord.TargetState;
import dev.dsync.storage.TargetId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The targets of a {@link MemoryCatalog}. */
final class MemoryTargets implements Targets {

    private final MemoryState state;

    MemoryTargets(MemoryState state) {
        this.state = state;
    }

    @Override
    public List<KnownTarget> all() {
        synchronized (state) {
            state.requireOpen();
            Set<TargetId> ids = new TreeSet<>(state.targets.keySet());
            state.copies.values().stream()
                    .filter(this::isRecorded)
                    .forEach(pack -> pack.copies().forEach(copy -> ids.add(copy.target())));
            return ids.stream().map(this::known).toList();
        }
    }

    @Override
    public Optional<KnownTarget> find(TargetId target) {
        return all().stream().filter(known -> known.id().equals(target)).findFirst();
    }

    @Override
    public void remember(TargetId target) {
        synchronized (state) {
            state.requireOpen();
            state.targets.putIfAbsent(target, new TargetState(target, KnownTarget.State.ACTIVE, Version.UNCOMMITTED));
        }
    }

    @Override
    public void set(TargetId target, KnownTarget.State value) {
        synchronized (state) {
            state.requireOpen();
            TargetState old = state.targets.get(target);
            if (old == null || old.state() != value) {
                state.targets.put(target, new TargetState(target, value, Version.UNCOMMITTED));
            }
        }
    }

    private KnownTarget known(TargetId target) {
        long packs = 0;
        long bytes = 0;
        for (PackCopies pack : state.copies.values()) {
            long here = pack.copies().stream()
                    .filter(copy -> copy.target().equals(target))
                    .count();
            if (here > 0 && isRecorded(pack)) {
                packs++;
                bytes += here * state.contents.get(pack.pack()).directory().size();
            }
        }
        KnownTarget.State now = state.isRetired(target) ? KnownTarget.State.RETIRED : KnownTarget.State.ACTIVE;
        return new KnownTarget(target, now, packs, bytes);
    }

    private boolean isRecorded(PackCopies pack) {
        return state.contents.containsKey(pack.pack());
    }
}
