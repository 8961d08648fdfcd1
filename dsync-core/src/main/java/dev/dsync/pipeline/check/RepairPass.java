package dev.dsync.pipeline.check;

import dev.dsync.catalog.CatalogRecord;
import dev.dsync.catalog.CatalogRecord.PathVersion;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Packs;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.StoredPack;
import dev.dsync.chunk.ByteBudget;
import dev.dsync.chunk.ChunkId;
import dev.dsync.pack.PackId;
import dev.dsync.pack.PackKind;
import dev.dsync.pipeline.CheckEvent;
import dev.dsync.pipeline.CheckOptions;
import dev.dsync.pipeline.CheckProblem;
import dev.dsync.pipeline.CheckProblem.Kind;
import dev.dsync.pipeline.CheckReport;
import dev.dsync.pipeline.SyncOptions;
import dev.dsync.pipeline.commit.CatalogDoubts;
import dev.dsync.pipeline.commit.CommitWriter;
import dev.dsync.pipeline.loss.Losses;
import dev.dsync.pipeline.loss.LostFiles;
import dev.dsync.pipeline.loss.PackTrust;
import dev.dsync.pipeline.loss.Reach;
import dev.dsync.pipeline.parts.PackWorkers;
import dev.dsync.pipeline.parts.SuspectCopies.Suspect;
import dev.dsync.pipeline.parts.SuspectCopies.What;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.pipeline.sync.ContentRescue;
import dev.dsync.source.SourceTree;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * A check that puts right what it finds. Packs with a good copy get that copied, byte for byte, until there are as many
 * copies as asked for. Chunks of which no good copy is left are taken from what is sound in damaged packs, and from the
 * synced folder if it still has them. The catalog is committed anew where its packs or the commit were damaged, and roots
 * are written. What cannot be put right is named. One object makes one pass.
 */
public final class RepairPass {

    private final VaultParts vault;
    private final SourceTree tree;
    private final CheckOptions options;
    private final SyncOptions storing;
    private final CheckEvent.Listener listener;
    private final Packs packs;
    private final AtomicLong toppedUp = new AtomicLong();
    private boolean stopped;
    private long putRight;

    /** @param storing how packs are made and how many copies there are to be */
    public RepairPass(
            VaultParts vault,
            SourceTree tree,
            CheckOptions options,
            SyncOptions storing,
            CheckEvent.Listener listener) {
        this.vault = vault;
        this.tree = tree;
        this.options = options;
        this.storing = storing;
        this.listener = listener;
        this.packs = vault.catalog().packs();
    }

    /**
     * Makes the pass.
     *
     * @return with the errors that are left, and how many were put right
     * @throws dev.dsync.storage.StorageException if what must be stored cannot be
     */
    public CheckReport run() throws IOException, InterruptedException {
        Instant started = vault.clock().instant();
        CheckPass check = new CheckPass(vault, options, listener);
        CheckReport found = check.run();
        if (found.interrupted()) {
            return found;
        }
        List<CheckProblem> left;
        try (ByteBudget budget = vault.newBudget()) {
            CommitWriter commits = new CommitWriter(vault, storing.commits(), budget, sequence -> {});
            commits.resume();
            Set<PackId> lost = copyWhatIsGood(check, commits, found);
            Losses losses = new Losses(vault);
            if (!stopped) {
                losses.findIn(lost);
                rescue(losses.trust(), budget);
                losses.settle();
            }
            commits.doubt(new CatalogDoubts(losses.ofTheCatalog()));
            if (commits.hasWork()) {
                commits.commit();
            } else {
                commits.updateLateRoots();
            }
            vault.catalog().flush();
            left = stopped ? found.errors() : left(found, check, losses);
        }
        return new CheckReport(
                found.packsChecked(),
                found.chunksChecked(),
                left,
                putRight + toppedUp.get(),
                Duration.between(started, vault.clock().instant()),
                stopped);
    }

    /** Returns the packs of which no good copy is left. */
    private Set<PackId> copyWhatIsGood(CheckPass check, CommitWriter commits, CheckReport found)
            throws IOException, InterruptedException {
        Map<PackId, List<Suspect>> bad = check.findings().suspects().stream()
                .filter(suspect -> suspect.what() == What.DATA)
                .collect(Collectors.groupingBy(suspect -> suspect.pack().orElseThrow()));
        Set<PackId> lost = ConcurrentHashMap.newKeySet();
        check.findings().lostPacks().stream()
                .filter(pack -> packs.find(pack).isPresent())
                .forEach(lost::add);
        CopyRepair repair = new CopyRepair(vault, check.packs(), storing.copies());
        List<PackId> todo = new ArrayList<>(bad.keySet());
        try (Cursor<StoredPack> all = packs.all(PackKind.DATA)) {
            while (all.hasNext()) {
                StoredPack pack = all.next();
                if (!bad.containsKey(pack.id()) && !lost.contains(pack.id()) && repair.isShort(pack)) {
                    todo.add(pack.id());
                }
            }
        }
        if (!todo.isEmpty() || !found.errors().isEmpty()) {
            commits.catchUp();
        }
        stopped = !new PackWorkers(vault).forEach(todo.iterator(), options.stop(), id -> {
            List<StoredCopy> badCopies = new ArrayList<>();
            StoredPack pack = packs.find(id).orElse(null);
            if (pack == null) {
                return;
            }
            for (StoredCopy copy : pack.copies()) {
                if (bad.getOrDefault(id, List.of()).stream().anyMatch(suspect -> suspect.concerns(copy))) {
                    badCopies.add(copy);
                }
            }
            if (!repair.repair(pack, badCopies)) {
                lost.add(id);
            } else if (badCopies.isEmpty()) {
                toppedUp.incrementAndGet();
            }
        });
        vault.suspects().add(repair.unsound());
        return lost;
    }

    private void rescue(PackTrust trust, ByteBudget budget) throws IOException, InterruptedException {
        Set<ChunkId> wanted = wanted(trust);
        if (wanted.isEmpty()) {
            return;
        }
        try (ContentRescue rescue = new ContentRescue(vault, storing, trust, wanted, budget)) {
            for (PackId id : trust.doubted()) {
                Optional<StoredPack> pack = packs.find(id);
                if (pack.isPresent() && !pack.get().copies().isEmpty()) {
                    rescue.salvage(pack.get());
                }
            }
            rescue.read(tree, new LostFiles(vault).filesOf(wanted));
            rescue.finish();
        }
    }

    /** Chunks that versions are made of and that lie in no pack that counts. */
    private Set<ChunkId> wanted(PackTrust trust) {
        Set<ChunkId> wanted = new HashSet<>();
        trust.doubted().stream()
                .filter(pack -> packs.find(pack).isPresent())
                .forEach(pack -> packs.directory(pack).entries().forEach(entry -> {
                    if (!trust.holds(entry.id())) {
                        wanted.add(entry.id());
                    }
                }));
        try (Cursor<CatalogRecord> records = Findings.committed(vault.catalog())) {
            while (records.hasNext()) {
                if (records.next() instanceof PathVersion version) {
                    version.chunks().stream()
                            .filter(chunk -> !packs.holds(chunk))
                            .forEach(wanted::add);
                }
            }
        }
        return wanted;
    }

    /**
     * What is still wrong: of data packs what was not replaced, of versions and the catalog what a new look finds. Which
     * files a pack's problem concerns is told by those of the versions: others in it were saved.
     */
    private List<CheckProblem> left(CheckReport found, CheckPass check, Losses losses)
            throws IOException, InterruptedException {
        CheckPass again = new CheckPass(vault, options, CheckEvent.Listener.SILENT);
        List<CheckProblem> left = new ArrayList<>(again.checkCatalog(losses.trust()));
        for (CheckProblem problem : found.errors()) {
            if (!isAboutData(problem, check)) {
                putRight += left.contains(problem) ? 0 : 1;
            } else if (!isStillWrong(problem, check, losses)) {
                putRight++;
            } else if (packs.find(problem.pack().orElseThrow()).isPresent()) {
                left.add(problem.about(List.of()));
            }
        }
        return left;
    }

    private static boolean isAboutData(CheckProblem problem, CheckPass check) {
        return problem.pack().isPresent()
                && !check.catalogPacks().contains(problem.pack().get());
    }

    private boolean isStillWrong(CheckProblem problem, CheckPass check, Losses losses) {
        PackId id = problem.pack().orElseThrow();
        if (losses.unreplaced().contains(id)) {
            return true;
        }
        Optional<StoredPack> pack = packs.find(id);
        if (pack.isEmpty()) {
            return false;
        }
        if (problem.kind() == Kind.PACK_UNREACHABLE) {
            return !losses.trust().replaces(id) || !new Reach(vault).inReach(pack.get());
        }
        return pack.get().copies().stream()
                .anyMatch(copy -> check.findings().suspects().stream()
                        .anyMatch(suspect -> suspect.pack().equals(Optional.of(id)) && suspect.concerns(copy)));
    }
}
