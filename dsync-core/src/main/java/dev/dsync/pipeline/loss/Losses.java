package dev.dsync.pipeline.loss;

import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.KnownTarget;
import dev.dsync.catalog.Packs;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.StoredPack;
import dev.dsync.catalog.Versions;
import dev.dsync.pack.PackId;
import dev.dsync.pipeline.parts.HomeFacts;
import dev.dsync.pipeline.parts.PackWorkers;
import dev.dsync.pipeline.parts.SuspectCopies;
import dev.dsync.pipeline.parts.SuspectCopies.Suspect;
import dev.dsync.pipeline.parts.SuspectCopies.What;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.TargetGoneException;
import dev.dsync.storage.TargetId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is lost of what the catalog says is stored. Found before a sync compares anything, so that the sync reads the
 * files concerned and stores again what only they still have; settled when it is done. For one pass.
 */
public final class Losses {

    private final VaultParts vault;
    private final Packs packs;
    private final Reach reach;
    private final PackTrust trust;
    private final Set<PackId> unanswered = ConcurrentHashMap.newKeySet();
    private final Map<PackId, List<Suspect>> damaged = new HashMap<>();
    private final Set<PackId> unreplaced = new HashSet<>();
    private SuspectCopies.Taken taken = new SuspectCopies.Taken(List.of(), List.of());

    /** The losses of {@code vault}, of which none is known yet. */
    public Losses(VaultParts vault) {
        this.vault = vault;
        this.packs = vault.catalog().packs();
        this.reach = new Reach(vault);
        this.trust = new PackTrust(vault, reach);
    }

    /** Tells the pool which of its targets the catalog, just rebuilt, remembers as gone. */
    public void retireKnown() {
        for (KnownTarget target : vault.catalog().targets().all()) {
            if (target.state() == KnownTarget.State.RETIRED
                    && vault.pool().find(target.id()).isPresent()) {
                vault.pool().failed(target.id(), new TargetGoneException("the vault has known that since before"));
            }
        }
    }

    /** Which packs count after what was found. */
    public PackTrust trust() {
        return trust;
    }

    /** What checks found wrong with the newest commit and the packs of the catalog. */
    public List<Suspect> ofTheCatalog() {
        return taken.suspects().stream()
                .filter(suspect -> suspect.what() == What.CATALOG || suspect.what() == What.COMMIT)
                .toList();
    }

    /**
     * Looks at what checks found, at targets newly gone, and at the packs of files that are to be read again. Each copy
     * in doubt is asked for once more; where there is nothing in doubt, no target is asked anything.
     *
     * @param again paths whose packs are to be verified, and not to count if no line names a target that has them
     * @return files that lost content; this home forgets that it saw them, so the pass reads them
     */
    public List<RelativePath> find(List<RelativePath> again) throws IOException, InterruptedException {
        return findIn(packsOf(again));
    }

    /** As {@link #find}, for these packs instead of those of paths. */
    public List<RelativePath> findIn(Set<PackId> verified) throws IOException, InterruptedException {
        taken = vault.suspects().take();
        Set<PackId> asked = new LinkedHashSet<>();
        for (Suspect suspect : taken.suspects()) {
            switch (suspect.what()) {
                case DATA -> {
                    asked.add(suspect.pack().orElseThrow());
                    damaged.computeIfAbsent(suspect.pack().orElseThrow(), unused -> new ArrayList<>())
                            .add(suspect);
                }
                case TRIED -> doubtStill(suspect);
                case ROOT -> new HomeFacts(vault.catalog().home()).setRootLate(suspect.target());
                case GONE -> retire(suspect.target());
                default -> {
                    // The commit that follows looks at them.
                }
            }
        }
        asked.addAll(verified);
        Set<PackId> news = ConcurrentHashMap.newKeySet();
        new PackWorkers(vault).forEach(asked.iterator(), () -> false, pack -> {
            if (isLost(pack, verified.contains(pack))) {
                news.add(pack);
            }
        });
        news.forEach(trust::doubt);
        return new LostFiles(vault).find(trust, news);
    }

    /** What could not be replaced once is not asked for again each time, and does not count all the same. */
    private void doubtStill(Suspect suspect) {
        PackId pack = suspect.pack().orElseThrow();
        if (packs.find(pack).stream().anyMatch(found -> found.copies().stream().anyMatch(suspect::concerns))) {
            trust.doubt(pack);
        }
    }

    /** Believed at once of a target that has no line any more; another is asked, and so retired by its own answer. */
    private void retire(TargetId target) {
        Optional<StorageBackend> listed = vault.pool().find(target);
        if (listed.isPresent()) {
            vault.pool().attempt(target, () -> listed.get().root().read());
        } else {
            vault.catalog().targets().set(target, KnownTarget.State.RETIRED);
            reach.retired(target);
        }
    }

    private Set<PackId> packsOf(List<RelativePath> paths) {
        Set<PackId> found = new HashSet<>();
        for (RelativePath path : paths) {
            try (Cursor<Versions.Known> live = vault.catalog().versions().liveBelow(path)) {
                while (live.hasNext()) {
                    vault.catalog()
                            .versions()
                            .chunks(live.next().version())
                            .forEach(chunk -> packs.locate(chunk)
                                    .forEach(place -> found.add(place.pack().id())));
                }
            }
        }
        return found;
    }

    /** Whether no copy of the pack counts any more. Copies that are gone are then taken out of the catalog. */
    private boolean isLost(PackId id, boolean mustBeExpected) {
        StoredPack pack = packs.find(id).orElse(null);
        if (pack == null) {
            return false;
        }
        List<StoredCopy> left = new ArrayList<>();
        boolean perhaps = false;
        for (StoredCopy copy : pack.copies()) {
            State state = state(pack, copy);
            if (state == State.GOOD) {
                return false;
            }
            perhaps |= state == State.AWAY || state == State.NOT_CONFIGURED && !mustBeExpected;
            if (state != State.GONE) {
                left.add(copy);
            }
        }
        if (perhaps) {
            unanswered.add(id);
            return false;
        }
        if (left.size() < pack.copies().size()) {
            packs.relocate(id, left);
        }
        return true;
    }

    private enum State {
        GOOD,
        DAMAGED,
        GONE,
        AWAY,
        NOT_CONFIGURED,
        RETIRED
    }

    private State state(StoredPack pack, StoredCopy copy) {
        return switch (reach.of(copy.target())) {
            case RETIRED -> State.RETIRED;
            case NOT_CONFIGURED -> State.NOT_CONFIGURED;
            case AWAY -> State.AWAY;
            case IN_REACH -> asked(pack, copy);
        };
    }

    private State asked(StoredPack pack, StoredCopy copy) {
        Optional<OptionalLong> size = vault.pool().size(copy);
        if (size.isEmpty()) {
            return reach.of(copy.target()) == Reach.Standing.RETIRED ? State.RETIRED : State.AWAY;
        }
        if (size.get().isEmpty()) {
            return State.GONE;
        }
        boolean whole = pack.size() == 0 || size.get().getAsLong() == pack.size();
        boolean found = damaged.getOrDefault(pack.id(), List.of()).stream().anyMatch(suspect -> suspect.concerns(copy));
        return whole && !found ? State.GOOD : State.DAMAGED;
    }

    /**
     * Takes packs out of the catalog of which no copy is left, or whose content lies elsewhere now, and forgets what was
     * found. What is damaged and could not be replaced goes on not counting, and a target that did not answer is asked
     * again another time.
     */
    public void settle() throws IOException {
        for (PackId pack : trust.doubted()) {
            Optional<StoredPack> found = packs.find(pack);
            if (found.isEmpty()) {
                continue;
            }
            boolean replaced = trust.replaces(pack);
            if (!replaced) {
                unreplaced.add(pack);
            }
            if (replaced || found.get().copies().isEmpty()) {
                packs.remove(pack);
            }
        }
        vault.catalog().flush();
        if (taken.files().isEmpty()) {
            return;
        }
        List<Suspect> left = new ArrayList<>();
        for (Suspect suspect : taken.suspects()) {
            suspect.pack()
                    .flatMap(packs::find)
                    .filter(pack -> pack.copies().stream().anyMatch(suspect::concerns))
                    .ifPresent(pack -> keep(suspect, pack, left));
        }
        vault.suspects().settle(taken, left);
    }

    /** Packs of which something is lost for good, as far as anybody knows after {@link #settle}. */
    public Set<PackId> unreplaced() {
        return Set.copyOf(unreplaced);
    }

    private void keep(Suspect suspect, StoredPack pack, List<Suspect> left) {
        if (unanswered.contains(pack.id())) {
            left.add(suspect);
        } else if (trust.doubted().contains(pack.id())) {
            left.add(new Suspect(What.TRIED, suspect.pack(), suspect.target(), suspect.address()));
        }
    }
}
