package dev.dsync.pipeline.tidy;

import dev.dsync.catalog.KnownTarget;
import dev.dsync.catalog.StoredPack;
import dev.dsync.chunk.ByteBudget;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.PackId;
import dev.dsync.pipeline.PruneOptions;
import dev.dsync.pipeline.PruneReport;
import dev.dsync.pipeline.commit.CommitWriter;
import dev.dsync.pipeline.commit.TakenOut;
import dev.dsync.pipeline.parts.CountedTime;
import dev.dsync.pipeline.parts.SealedDigests;
import dev.dsync.pipeline.parts.VaultParts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One prune: versions that nothing keeps leave the catalog, then packs that nothing needs; what is still needed of packs
 * that are mostly dead, or small, moves into new ones. Blobs are deleted last of all, once no root leads to them. One
 * object makes one pass.
 */
public final class PrunePass {

    /** Packs are taken out in rounds of so many chunks, each with a commit: what is remembered to undo it stays small. */
    private static final int CHUNKS_A_ROUND = 200_000;

    /** Races with other writers are followed at most this often. */
    private static final int MOST_RACES = 10;

    private final VaultParts vault;
    private final PruneOptions options;
    private final Instant now;
    private long versionsRemoved;
    private long bytesStored;

    /** A prune of {@code vault}. */
    public PrunePass(VaultParts vault, PruneOptions options) {
        this.vault = vault;
        this.options = options;
        this.now = vault.clock().instant();
    }

    /**
     * Makes the pass.
     *
     * @throws dev.dsync.storage.StorageException if no target is left to store on
     */
    public PruneReport run() throws IOException, InterruptedException {
        if (vault.catalog().commits().head().isEmpty()) {
            return new PruneReport(0, 0, 0, 0, false);
        }
        if (options.dryRun()) {
            return preview();
        }
        try (ByteBudget budget = vault.newBudget()) {
            CommitWriter commits = new CommitWriter(vault, options.commits(), budget);
            commits.resume();
            commits.catchUp();
            commits.commit();
            new CountedTime(vault).note();
            Garbage garbage = new Garbage(vault, options, now);
            tellOfClock();
            for (int race = 0; !takeOut(commits, garbage, budget, race == 0); race++) {
                if (race == MOST_RACES) {
                    throw new IOException("other writers committed " + race
                            + " times in a row while this home tried to: run it again when they are done");
                }
            }
            commits.updateLateRoots();
            garbage.delete();
            Orphans orphans = new Orphans(vault, options, now, garbage.inCompany());
            orphans.free();
            return report(garbage, orphans);
        }
    }

    private PruneReport report(Garbage garbage, Orphans orphans) {
        if (garbage.blobsWaiting() > 0 && garbage.inCompany()) {
            options.notices()
                    .accept("another home writes to this vault too: " + garbage.blobsWaiting()
                            + " blobs are deleted by a prune that is run a day from now");
        }
        return new PruneReport(
                versionsRemoved,
                garbage.packsDeleted(),
                Math.max(0, garbage.bytesFreed() + orphans.bytes() - bytesStored),
                garbage.blobsWaiting(),
                options.stop().getAsBoolean());
    }

    private void tellOfClock() {
        Instant newest = vault.catalog().commits().head().orElseThrow().info().time();
        // Not the time at which this pass began: it may have made that commit itself.
        Instant clock = vault.clock().instant();
        if (clock.isBefore(newest)) {
            options.notices()
                    .accept("this machine's clock says " + clock + ", but the newest commit is of " + newest
                            + ": one of the two clocks is wrong, and what is too young by either stays");
        }
    }

    private Ages ages() {
        return new Ages(vault, now, options.clockTrusted());
    }

    private void tellOfShortTime(Ages ages) {
        if (!ages.shortBy().isZero()) {
            options.notices()
                    .accept("by this machine's clock more is old enough to go, but " + days(ages.shortBy())
                            + " of that age show on no other clock: the machine was off, its clock was set, or this home"
                            + " has not known the vault for so long. Until then it stays. If you are sure of the clock,"
                            + " add --trust-clock");
        }
    }

    private static String days(Duration time) {
        long hours = Math.max(1, time.plusHours(1).minusNanos(1).toHours());
        return hours < 48 ? hours + " h" : (hours + 23) / 24 + " days";
    }

    /** Takes out of the vault what nothing keeps; returns false if another writer came between, to look again. */
    private boolean takeOut(CommitWriter commits, Garbage garbage, ByteBudget budget, boolean repack)
            throws IOException, InterruptedException {
        int joins = commits.joins();
        Ages ages = ages();
        OldVersions versions = new OldVersions(vault.catalog(), options.keeps(), ages, true);
        versions.find();
        versionsRemoved += versions.count();
        if (repack) {
            tellOfShortTime(ages);
        }
        PackCensus.Plan plan = new PackCensus(vault, versions, options.packSize()).take(ages());
        List<PackId> leaving = new ArrayList<>(plan.dead());
        if (repack && !plan.rewrite().isEmpty()) {
            Set<PackId> all = new HashSet<>(plan.dead());
            all.addAll(plan.rewrite());
            try (Repacking repacking = new Repacking(vault, options, budget, versions.live(), all)) {
                leaving.addAll(repacking.move(plan.rewrite()));
                bytesStored += repacking.bytes();
            }
        }
        for (List<StoredPack> round : rounds(needless(leaving, versions.live()))) {
            garbage.leave(round);
            new TakenOut(vault.catalog()).takeOut(round);
            vault.catalog().flush();
            commits.commit();
            new TakenOut(vault.catalog()).settle();
            SealedDigests digests = new SealedDigests(vault.catalog().home());
            round.forEach(pack -> digests.forget(pack.id()));
            if (commits.joins() > joins) {
                return false;
            }
        }
        commits.commit();
        return commits.joins() == joins;
    }

    /** Those of the packs whose every needed chunk lies in a pack that stays. */
    private List<StoredPack> needless(List<PackId> leaving, ChunkSet live) {
        Set<PackId> all = new HashSet<>(leaving);
        List<StoredPack> needless = new ArrayList<>();
        for (PackId id : leaving) {
            boolean safe = vault.catalog().packs().directory(id).entries().stream()
                    .map(PackEntry::id)
                    .filter(live::contains)
                    .allMatch(chunk -> vault.catalog().packs().locate(chunk).stream()
                            .anyMatch(place -> !all.contains(place.pack().id()) && counts(place.pack())));
            if (safe) {
                needless.add(vault.catalog().packs().find(id).orElseThrow());
            }
        }
        return needless;
    }

    /** Whether it has a copy on a target that is not retired. */
    private boolean counts(StoredPack pack) {
        return pack.copies().stream()
                .anyMatch(copy -> vault.catalog()
                        .targets()
                        .find(copy.target())
                        .filter(target -> target.state() == KnownTarget.State.ACTIVE)
                        .isPresent());
    }

    private List<List<StoredPack>> rounds(List<StoredPack> packs) {
        List<List<StoredPack>> rounds = new ArrayList<>();
        int chunks = CHUNKS_A_ROUND;
        for (StoredPack pack : packs) {
            if (chunks >= CHUNKS_A_ROUND) {
                rounds.add(new ArrayList<>());
                chunks = 0;
            }
            rounds.get(rounds.size() - 1).add(pack);
            chunks += 1 + vault.catalog().packs().directory(pack.id()).entries().size();
        }
        return rounds;
    }

    private PruneReport preview() throws IOException {
        Ages ages = ages();
        OldVersions versions = new OldVersions(vault.catalog(), options.keeps(), ages, false);
        versions.find();
        tellOfShortTime(ages);
        PackCensus census = new PackCensus(vault, versions, options.packSize());
        PackCensus.Plan plan = census.take(ages());
        long packs = 0;
        long bytes = 0;
        for (PackId id : plan.dead()) {
            StoredPack pack = vault.catalog().packs().find(id).orElseThrow();
            packs += pack.copies().size();
            bytes += (long) pack.size() * pack.copies().size();
        }
        for (PackId id : plan.rewrite()) {
            StoredPack pack = vault.catalog().packs().find(id).orElseThrow();
            packs += pack.copies().size();
            bytes += PackCensus.needless(vault.catalog().packs().directory(id), versions.live())
                    * pack.copies().size();
        }
        Garbage garbage = new Garbage(vault, options, now);
        garbage.preview();
        Orphans orphans = new Orphans(vault, options, now, garbage.inCompany());
        orphans.free();
        boolean company = garbage.inCompany();
        return new PruneReport(
                versions.count(),
                (company ? 0 : packs) + garbage.packsDeleted(),
                (company ? 0 : bytes) + garbage.bytesFreed() + orphans.bytes(),
                (company ? packs : 0) + garbage.blobsWaiting(),
                options.stop().getAsBoolean());
    }
}
