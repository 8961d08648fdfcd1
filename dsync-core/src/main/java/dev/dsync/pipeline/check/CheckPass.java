package dev.dsync.pipeline.check;

import dev.dsync.catalog.CatalogRecord;
import dev.dsync.catalog.CatalogRecord.PathVersion;
import dev.dsync.catalog.CommitLog;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Root;
import dev.dsync.catalog.StoredPack;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.chunk.ChunkId;
import dev.dsync.pack.PackId;
import dev.dsync.pipeline.CheckEvent;
import dev.dsync.pipeline.CheckOptions;
import dev.dsync.pipeline.CheckProblem;
import dev.dsync.pipeline.CheckProblem.Kind;
import dev.dsync.pipeline.CheckReport;
import dev.dsync.pipeline.content.ClassicTwin;
import dev.dsync.pipeline.loss.PackTrust;
import dev.dsync.pipeline.parts.PackWorkers;
import dev.dsync.pipeline.parts.VaultParts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * One check, from the outside in: the roots, the newest commit, the catalog packs it names, the versions in the catalog,
 * the data packs. One object makes one pass.
 */
public final class CheckPass {

    private final VaultParts vault;
    private final CheckOptions options;
    private final CheckEvent.Listener listener;
    private final Findings findings;
    private final PackCheck packs;
    private final ClassicCheck classic;
    private final PackWorkers workers;
    private final AtomicLong packsChecked = new AtomicLong();
    private final Set<PackId> catalogPackIds = new HashSet<>();
    private boolean interrupted;

    /** A check of {@code vault}. */
    public CheckPass(VaultParts vault, CheckOptions options, CheckEvent.Listener listener) {
        this.vault = vault;
        this.options = options;
        this.listener = listener;
        this.findings = new Findings(vault.catalog(), listener);
        this.packs = new PackCheck(vault, findings);
        this.classic = new ClassicCheck(vault, options, packs, findings);
        this.workers = new PackWorkers(vault);
    }

    /**
     * Makes the pass. What is wrong on targets is reported, never thrown.
     *
     * @throws IOException if what the home knows of the newest commit makes no sense
     */
    public CheckReport run() throws IOException, InterruptedException {
        Instant started = vault.clock().instant();
        Optional<CommitLog.Head> head = vault.catalog().commits().head();
        if (head.isPresent()) {
            checkNewestCommit(head.get());
        }
        if (!interrupted) {
            checkVersions(vault.catalog().packs()::holds);
        }
        if (!interrupted) {
            interrupted = !classic.run();
        }
        if (!interrupted) {
            checkDataPacks();
        }
        // What was in hand then was not waited for, and may be well.
        interrupted |= !findings.problems().isEmpty() && options.stop().getAsBoolean();
        remember();
        return new CheckReport(
                packsChecked.get(),
                packs.chunks(),
                findings.problems(),
                0,
                Duration.between(started, vault.clock().instant()),
                interrupted);
    }

    /** What was found, in more detail than the report has. */
    Findings findings() {
        return findings;
    }

    /** What checks packs. */
    PackCheck packs() {
        return packs;
    }

    /** The packs of the catalog that were checked. */
    Set<PackId> catalogPacks() {
        return Set.copyOf(catalogPackIds);
    }

    /** Looks at everything but data packs, after a repair. Nothing is remembered for the next sync. */
    List<CheckProblem> checkCatalog(PackTrust trust) throws IOException, InterruptedException {
        Optional<CommitLog.Head> head = vault.catalog().commits().head();
        if (head.isPresent()) {
            checkNewestCommit(head.get());
        }
        checkVersions(trust::holds);
        return findings.problems();
    }

    /** The next sync stores again what was found lost. */
    private void remember() {
        try {
            vault.suspects().add(findings.suspects());
        } catch (IOException e) {
            vault.notices()
                    .accept("what this check found cannot be remembered for the next sync: " + e.getMessage()
                            + ". 'dsync check --repair' puts it right");
        }
    }

    private void checkNewestCommit(CommitLog.Head head) throws IOException, InterruptedException {
        RootCheck check = new RootCheck(vault, head, findings);
        Root root = Root.decode(head.root().toArray());
        check.checkRoots();
        check.checkCommit(root);
        List<StoredPack> catalogPacks = check.catalogPacks(root);
        catalogPacks.forEach(pack -> catalogPackIds.add(pack.id()));
        interrupted = !workers.forEach(catalogPacks.iterator(), options.stop(), pack -> {
            long read = packs.sound(pack, Optional.empty());
            ended(pack, read);
        });
    }

    private void checkVersions(Predicate<ChunkId> holds) {
        try (Cursor<CatalogRecord> records = Findings.committed(vault.catalog())) {
            while (records.hasNext() && !interrupted) {
                if (records.next() instanceof PathVersion version) {
                    check(version, holds);
                    interrupted = options.stop().getAsBoolean();
                }
            }
        }
    }

    private void check(PathVersion version, Predicate<ChunkId> holds) {
        long missing =
                version.chunks().stream().filter(chunk -> !holds.test(chunk)).count();
        if (missing > 0 && !hasTwin(version.version(), holds)) {
            findings.add(new CheckProblem(
                    Kind.CHUNK_MISSING,
                    Optional.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    List.of(version.version().path()),
                    "the version that commit " + version.sequence() + " stored is not whole any more: of its "
                            + version.chunks().size() + " chunks, " + missing
                            + " cannot be found in a sound pack on a target in use"));
        }
    }

    private boolean hasTwin(Version version, Predicate<ChunkId> holds) {
        return version.layout().classic()
                && version.kind() == VersionKind.FILE
                && !ClassicTwin.of(vault.catalog(), version, holds).equals(version);
    }

    private void checkDataPacks() throws InterruptedException {
        long count = 0;
        long bytes = 0;
        try (Cursor<StoredPack> all = vault.catalog().packs().ofContent()) {
            for (; all.hasNext(); count++) {
                StoredPack pack = all.next();
                bytes += (long) pack.size() * pack.copies().size();
            }
        }
        listener.on(new CheckEvent.Planned(count, bytes * options.readPercent() / 100));
        try (Cursor<StoredPack> all = vault.catalog().packs().ofContent()) {
            Iterator<Runnable> checks = new Sample(all, count);
            interrupted = !workers.forEach(checks, options.stop(), Runnable::run);
        }
    }

    /** The checks of all data packs, of which some, chosen at random, read the pack. */
    private final class Sample implements Iterator<Runnable> {

        private final Iterator<StoredPack> all;
        private long left;
        private long toRead;

        Sample(Iterator<StoredPack> all, long count) {
            this.all = all;
            this.left = count;
            this.toRead = (count * options.readPercent() + 99) / 100;
        }

        @Override
        public boolean hasNext() {
            return all.hasNext();
        }

        /** Each choice of so many packs is as likely as any other (Knuth, TAOCP 2, 3.4.2, algorithm S). */
        @Override
        public Runnable next() {
            StoredPack pack = all.next();
            boolean read = toRead > 0 && vault.random().nextLong(Math.max(1, left)) < toRead;
            left--;
            toRead -= read ? 1 : 0;
            return read ? () -> read(pack) : () -> lookAt(pack);
        }
    }

    private void lookAt(StoredPack pack) {
        packs.present(pack);
        ended(pack, 0);
    }

    private void read(StoredPack pack) {
        if (classic.hasRead(pack)) {
            ended(pack, 0);
            return;
        }
        long read = packs.sound(pack, Optional.of(vault.catalog().packs().directory(pack.id())));
        ended(pack, read);
    }

    private void ended(StoredPack pack, long bytesRead) {
        packsChecked.incrementAndGet();
        listener.on(new CheckEvent.PackChecked(pack.id(), bytesRead));
    }
}
