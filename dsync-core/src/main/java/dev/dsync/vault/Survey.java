package dev.dsync.vault;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.CommitLog;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.KnownTarget;
import dev.dsync.catalog.Packs;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.StoredPack;
import dev.dsync.catalog.Versions;
import dev.dsync.pipeline.loss.PackTrust;
import dev.dsync.pipeline.loss.Reach;
import dev.dsync.pipeline.parts.HomeFacts;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.placement.Health;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetGoneException;
import dev.dsync.storage.TargetId;
import dev.dsync.storage.UnusedTargetException;
import dev.dsync.vault.StatusReport.State;
import dev.dsync.vault.StatusReport.TargetStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes stock of a vault from its catalog. */
final class Survey {

    private final VaultParts parts;
    private final OpenTargets targets;
    private final TargetTroubles troubles;
    private final Reach reach;

    Survey(VaultParts parts, OpenTargets targets, TargetTroubles troubles) {
        this.parts = parts;
        this.targets = targets;
        this.troubles = troubles;
        this.reach = new Reach(parts);
    }

    StatusReport take() {
        Catalog catalog = parts.catalog();
        Versions.Totals files = catalog.versions().totals();
        Packs.Totals packs = catalog.packs().totals();
        return new StatusReport(
                files.files(),
                files.deletedFiles(),
                files.bytes(),
                packs.storedBytes(),
                packs.chunks(),
                packs.rawChunkBytes(),
                packs.encodedChunkBytes(),
                packs.packs(),
                packsLost(),
                catalog.commits().head().map(CommitLog.Head::info),
                new HomeFacts(catalog.home()).lastSync(),
                targets());
    }

    private List<TargetStatus> targets() {
        Map<TargetId, Long> onlyHere = packsOnlyHere();
        Map<TargetId, KnownTarget> known = new HashMap<>();
        parts.catalog().targets().all().forEach(target -> known.put(target.id(), target));
        List<TargetStatus> all = new ArrayList<>();
        for (Map.Entry<StorageBackend, TargetLine> target : targets.open().entrySet()) {
            TargetId id = target.getKey().id();
            Optional<KnownTarget> memory = Optional.ofNullable(known.remove(id));
            all.add(status(
                    id,
                    target.getValue().number(),
                    state(id, memory),
                    memory,
                    onlyHere,
                    target.getKey().uploadsRepeated()));
        }
        LineMemory lines = new LineMemory(parts.catalog().home());
        for (Map.Entry<TargetLine, StorageException> line :
                targets.unreachable().entrySet()) {
            Optional<TargetId> id = targets.id(line.getKey(), lines);
            Optional<KnownTarget> memory = id.map(known::remove);
            all.add(new TargetStatus(
                    id,
                    line.getKey().number(),
                    stateOf(line.getValue()),
                    Optional.ofNullable(line.getValue().getMessage()),
                    since(id, stateOf(line.getValue())),
                    memory.map(KnownTarget::packs).orElse(0L),
                    memory.map(KnownTarget::bytes).orElse(0L),
                    id.map(onlyHere::get).orElse(0L),
                    0));
        }
        known.values()
                .forEach(target -> all.add(status(
                        target.id(),
                        0,
                        target.state() == KnownTarget.State.RETIRED ? State.RETIRED : State.NOT_CONFIGURED,
                        Optional.of(target),
                        onlyHere,
                        0)));
        return all;
    }

    /** The state of a target that could not be opened. */
    private static State stateOf(StorageException why) {
        if (why instanceof TargetGoneException) {
            return State.RETIRED;
        }
        return why instanceof UnusedTargetException ? State.UNUSED : State.UNREACHABLE;
    }

    private State state(TargetId id, Optional<KnownTarget> memory) {
        if (memory.isPresent() && memory.get().state() == KnownTarget.State.RETIRED) {
            return State.RETIRED;
        }
        Health now = parts.pool().health(id);
        Health health = now != Health.READY
                ? now
                : troubles.of(id).map(TargetTroubles.Trouble::health).orElse(Health.READY);
        return switch (health) {
            case READY -> State.ACTIVE;
            case RETIRED -> State.RETIRED;
            case BLOCKED, UNREACHABLE -> State.UNREACHABLE;
        };
    }

    private Optional<String> why(TargetId id, State state) {
        return told(id, state).map(TargetTroubles.Trouble::why);
    }

    private Optional<Instant> since(Optional<TargetId> id, State state) {
        return id.flatMap(target -> told(target, state)).map(TargetTroubles.Trouble::learned);
    }

    /** The trouble that explains the state. */
    private Optional<TargetTroubles.Trouble> told(TargetId id, State state) {
        return troubles.of(id)
                .filter(trouble -> state == (trouble.health() == Health.RETIRED ? State.RETIRED : State.UNREACHABLE));
    }

    private TargetStatus status(
            TargetId id,
            int line,
            State state,
            Optional<KnownTarget> memory,
            Map<TargetId, Long> onlyHere,
            long uploadsRepeated) {
        return new TargetStatus(
                Optional.of(id),
                line,
                state,
                why(id, state),
                since(Optional.of(id), state),
                memory.map(KnownTarget::packs).orElse(0L),
                memory.map(KnownTarget::bytes).orElse(0L),
                onlyHere.getOrDefault(id, 0L),
                uploadsRepeated);
    }

    /** The open targets as they are now. */
    List<TargetDetail> details() {
        Map<TargetId, TargetDetail.Loss> losses = new HashMap<>();
        try (Cursor<StoredPack> packs = parts.catalog().packs().ofContent()) {
            while (packs.hasNext()) {
                StoredPack pack = packs.next();
                onlyHolder(pack)
                        .ifPresent(holder -> losses.compute(
                                holder,
                                (id, loss) -> (loss == null ? TargetDetail.Loss.NOTHING : loss).and(pack.size())));
            }
        }
        return targets.open().keySet().stream()
                .map(target -> new TargetDetail(
                        target.id(),
                        target.place(),
                        target.limits(),
                        parts.pool().health(target.id()),
                        target.untilReady(),
                        losses.getOrDefault(target.id(), TargetDetail.Loss.NOTHING)))
                .toList();
    }

    private Map<TargetId, Long> packsOnlyHere() {
        Map<TargetId, Long> counts = new HashMap<>();
        try (Cursor<StoredPack> packs = parts.catalog().packs().ofContent()) {
            while (packs.hasNext()) {
                onlyHolder(packs.next()).ifPresent(holder -> counts.merge(holder, 1L, Long::sum));
            }
        }
        return counts;
    }

    private long packsLost() {
        PackTrust trust = new PackTrust(parts, reach);
        long count = 0;
        try (Cursor<StoredPack> packs = parts.catalog().packs().ofContent()) {
            while (packs.hasNext()) {
                StoredPack pack = packs.next();
                count += holders(pack).isEmpty() && !trust.replaces(pack.id()) ? 1 : 0;
            }
        }
        return count;
    }

    /** The one target that has the pack, if it is one. */
    private Optional<TargetId> onlyHolder(StoredPack pack) {
        List<TargetId> holders = holders(pack);
        return holders.size() == 1 ? Optional.of(holders.get(0)) : Optional.empty();
    }

    /** The targets that have the pack; what is gone for good has nothing any more. */
    private List<TargetId> holders(StoredPack pack) {
        return pack.copies().stream()
                .map(StoredCopy::target)
                .filter(target -> reach.of(target) != Reach.Standing.RETIRED)
                .toList();
    }
}
