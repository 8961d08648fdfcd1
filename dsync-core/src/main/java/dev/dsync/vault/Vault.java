package dev.dsync.vault;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.Version;
import dev.dsync.pipeline.CheckEvent;
import dev.dsync.pipeline.CheckOptions;
import dev.dsync.pipeline.CheckReport;
import dev.dsync.pipeline.ClassicFile;
import dev.dsync.pipeline.CommitSettings;
import dev.dsync.pipeline.EditReport;
import dev.dsync.pipeline.EvacuationReport;
import dev.dsync.pipeline.ImportReport;
import dev.dsync.pipeline.PruneOptions;
import dev.dsync.pipeline.PruneReport;
import dev.dsync.pipeline.RecoveryReport;
import dev.dsync.pipeline.RestoreEvent;
import dev.dsync.pipeline.RestoreOptions;
import dev.dsync.pipeline.RestoreReport;
import dev.dsync.pipeline.SyncEvent;
import dev.dsync.pipeline.SyncOptions;
import dev.dsync.pipeline.SyncReport;
import dev.dsync.pipeline.check.CheckPass;
import dev.dsync.pipeline.check.RepairPass;
import dev.dsync.pipeline.commit.Recovery;
import dev.dsync.pipeline.content.FileContent;
import dev.dsync.pipeline.edit.ImportPass;
import dev.dsync.pipeline.edit.RemovalPass;
import dev.dsync.pipeline.edit.UndeletionPass;
import dev.dsync.pipeline.loss.Losses;
import dev.dsync.pipeline.loss.LostFiles;
import dev.dsync.pipeline.parts.HomeFacts;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.pipeline.restore.RestorePass;
import dev.dsync.pipeline.sync.SyncPass;
import dev.dsync.pipeline.tidy.EvacuationPass;
import dev.dsync.pipeline.tidy.PrunePass;
import dev.dsync.source.ExcludeRules;
import dev.dsync.source.RelativePath;
import dev.dsync.source.SourceTree;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.BlobLinks;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.TargetId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A vault, open: key, catalog and targets together. The library's front door.
 *
 * <p>One thread at a time may sync, restore, check or recover; reading methods may be called meanwhile from any thread.
 * Closing it gives the home's lock back.
 */
public final class Vault implements Closeable {

    private final Home home;
    private final VaultParts parts;
    private final OpenTargets targets;
    private final TargetTroubles troubles;
    private final Consumer<String> notices;
    private final List<Closeable> opened;
    private final ReachableTargets reachable;
    private final WriterIntroduction writer;
    private final LossNotices lossNotices;
    private final AfterSync afterSync;
    private final SyncedFolder synced;

    /** Requests that opening the vault took, until a report has told of them. */
    private long requestsOfOpening;

    /** What was recovered when the vault was opened, until somebody asks. */
    private Optional<RecoveryReport> recovered = Optional.empty();

    Vault(
            Home home,
            VaultParts parts,
            OpenTargets targets,
            TargetTroubles troubles,
            Consumer<String> notices,
            AfterSync afterSync,
            List<Closeable> opened) {
        this.home = home;
        this.afterSync = afterSync;
        this.requestsOfOpening = parts.pool().requests();
        this.parts = parts;
        this.targets = targets;
        this.troubles = troubles;
        this.notices = notices;
        this.opened = opened;
        this.reachable = new ReachableTargets(parts.pool(), targets);
        this.writer = new WriterIntroduction(parts.catalog(), parts.random());
        this.lossNotices = new LossNotices(parts, notices);
        this.synced = new SyncedFolder(parts.catalog(), home);
    }

    /** Starts opening the vault of the home in {@code folder}. */
    public static VaultBuilder in(Path folder) {
        return new VaultBuilder(folder);
    }

    /** Rebuilds the catalog, which knows nothing yet, if there is anything to rebuild it from. */
    void recoverAtOpening() throws IOException {
        RecoveryReport report = new Recovery(parts).recover();
        if (report.commitsRead() > 0) {
            recovered = Optional.of(report);
            HomeFacts facts = new HomeFacts(catalog().home());
            catalog().targets().all().forEach(known -> facts.setUsed(known.id()));
            new Losses(parts).retireKnown();
            notices.accept("there was no local catalog: rebuilt it from the targets");
        }
    }

    /** What its jobs work with. */
    VaultParts parts() {
        return parts;
    }

    /** The home it was opened in. */
    public Home home() {
        return home;
    }

    /**
     * The synced folder that the first sync recorded. For a home that has none recorded, the default if it is there; else
     * the one that the vault remembers of this machine, for the state may be lost.
     */
    public Path syncedFolder() {
        return synced.path();
    }

    /** What the vault holds: versions, packs, targets, commits. For reading. */
    public Catalog catalog() {
        return parts.catalog();
    }

    /**
     * Records which folder is kept safe.
     *
     * @param replace whether another folder than the recorded one is meant to take its place
     * @throws ConfigurationException if another one is recorded and not to be replaced, or this is no folder, or one
     *     where dsync keeps files of its own
     */
    public void setSyncedFolder(Path folder, boolean replace) throws IOException {
        synced.choose(folder, replace, ownPlaces());
    }

    /**
     * Makes sure, before anything is made in a home, that a folder can be kept safe from there.
     *
     * @throws ConfigurationException if it is not there, or is no folder, or one where dsync keeps files of its own
     */
    public static void requireFolder(Home home, Path folder) throws IOException {
        SyncedFolder.requireThere(folder);
        OwnPlaces.before(home).requireOutside(folder, "the synced folder");
    }

    /**
     * Brings the vault up to date with the synced folder.
     *
     * @param excludes what to leave out, besides what files named {@code .dsyncignore} say
     * @throws NoTargetException if no target can be reached
     */
    public SyncReport sync(SyncOptions options, ExcludeRules excludes, SyncEvent.Listener listener)
            throws IOException, InterruptedException {
        long before = parts.pool().requests() - requestsOfOpening;
        Path folder = syncedFolder();
        SyncedFolder.requireThere(folder);
        reachable.requireOne();
        lossNotices.away(targets);
        writer.of(folder);
        SourceTree tree = new SourceTree(folder, excludes, ownPlaces().all());
        Losses losses = new Losses(parts);
        lossNotices.lost(losses.find(options.again()), "this sync");
        SyncReport report;
        try {
            report = new SyncPass(parts, tree, options, losses, listener).run();
        } finally {
            lossNotices.lost(new LostFiles(parts).find(), "the next sync");
        }
        lossNotices.stored(options.copies());
        requestsOfOpening = 0;
        SyncReport whole = report.withRequests(parts.pool().requests() - before);
        afterSync.synced(this, whole);
        return whole;
    }

    /**
     * Tells what {@link #sync} would do with a folder, whether or not it is the recorded one. Reads no content, records
     * nothing, asks no target.
     *
     * @param options of which {@code dryRun} must be set
     */
    public SyncReport preview(Path folder, SyncOptions options, ExcludeRules excludes, SyncEvent.Listener listener)
            throws IOException, InterruptedException {
        if (!options.dryRun()) {
            throw new IllegalArgumentException("a preview changes nothing: ask for a dry run");
        }
        SyncedFolder.requireThere(folder);
        SourceTree tree = new SourceTree(folder, excludes, ownPlaces().all());
        return new SyncPass(parts, tree, options, new Losses(parts), listener).run();
    }

    /**
     * Adopts what was stored in the classic layout by somebody else with this vault's key, without storing it again. If
     * the source fails, nothing is adopted, and this vault must be closed without being used again.
     *
     * @param lasting tells addresses that stay good from those that may end
     * @throws NoTargetException if no target can be reached
     */
    public ImportReport adopt(ClassicFile.Source source, SyncOptions options, Predicate<BlobAddress> lasting)
            throws IOException, InterruptedException {
        reachable.requireOne();
        writer.of(syncedFolder());
        return new ImportPass(parts, options, lasting).run(source);
    }

    private OwnPlaces ownPlaces() {
        return OwnPlaces.of(home, targets);
    }

    /**
     * Brings files back.
     *
     * @throws ConfigurationException if they would land where dsync keeps files of its own
     * @throws NoTargetException if no target can be reached
     */
    public RestoreReport restore(RestoreOptions options, RestoreEvent.Listener listener)
            throws IOException, InterruptedException {
        ownPlaces().requireNoFileOnTheWay(options.to());
        ownPlaces().requireOutside(options.to(), "the folder to restore into");
        reachable.requireReadable();
        return new RestorePass(parts, options, listener).run();
    }

    /**
     * The content of one version of a file.
     *
     * @throws IllegalArgumentException if the version is no file
     */
    public FileContent content(Version version) {
        return new FileContent(parts, version);
    }

    /**
     * Verifies that everything recorded is there and, if asked, that it is what was stored. Tells of missing copies.
     *
     * @throws NoTargetException if no target can be reached
     */
    public CheckReport check(CheckOptions options, CheckEvent.Listener listener)
            throws IOException, InterruptedException {
        reachable.requireReadable();
        lossNotices.fewerThan(options.copies());
        return new CheckPass(parts, options, listener).run();
    }

    /**
     * Verifies as {@link #check} does, and puts right what it finds: from good copies, and from the synced folder.
     *
     * @param storing how packs are made and how many copies there are to be
     * @throws NoTargetException if no target can be reached
     */
    public CheckReport repair(CheckOptions options, SyncOptions storing, CheckEvent.Listener listener)
            throws IOException, InterruptedException {
        reachable.requireOne();
        Path folder = syncedFolder();
        writer.of(folder);
        SourceTree tree = new SourceTree(folder, ExcludeRules.NONE, ownPlaces().all());
        return new RepairPass(parts, tree, options, storing, listener).run();
    }

    /**
     * Marks the wanted paths as deleted and removes their copies from the synced folder, as far as what is there is
     * stored and found on the targets. What they held stays in the vault.
     *
     * @throws NoTargetException if no target can be reached
     */
    public EditReport remove(Predicate<RelativePath> wanted, CommitSettings settings)
            throws IOException, InterruptedException {
        return new RemovalPass(parts, editable(), settings).run(wanted);
    }

    /**
     * Brings the wanted paths back, as far as they are deleted: in the synced folder and in the vault.
     *
     * @param stop asked now and then; once it says true, what is not back yet stays deleted
     * @throws NoTargetException if no target can be reached
     */
    public EditReport undelete(Predicate<RelativePath> wanted, CommitSettings settings, BooleanSupplier stop)
            throws IOException, InterruptedException {
        return new UndeletionPass(parts, editable(), settings, stop).run(wanted);
    }

    /**
     * Moves what lies on a target to the others and gives it up. Its own blobs stay where they are.
     *
     * @param target one that the vault knows
     * @throws ConfigurationException if the vault does not know it, or there is no other
     * @throws NoTargetException if no target can be reached
     */
    public EvacuationReport evacuate(TargetId target, CommitSettings settings, BooleanSupplier stop)
            throws IOException, InterruptedException {
        reachable.requireOne();
        if (catalog().targets().find(target).isEmpty()) {
            throw new ConfigurationException(
                    "the vault knows no target " + target + ": 'dsync targets' lists those it knows");
        }
        reachable.requireOther(target, home);
        writer.of(syncedFolder());
        return new EvacuationPass(parts, target, settings, stop).run();
    }

    private Path editable() throws IOException {
        Path folder = syncedFolder();
        SyncedFolder.requireThere(folder);
        reachable.requireOne();
        writer.of(folder);
        return folder;
    }

    /**
     * Frees storage on the targets for good: what nothing keeps any more leaves the vault.
     *
     * @throws NoTargetException if no target can be reached
     */
    public PruneReport prune(PruneOptions options) throws IOException, InterruptedException {
        reachable.requireOne();
        if (!options.dryRun()) {
            writer.of(syncedFolder());
        }
        return new PrunePass(parts, options).run();
    }

    /**
     * Rebuilds the catalog from targets and key, as far as it is older than what they hold. If that was done when the
     * vault was opened, because there was no catalog, the first call tells what was done then.
     *
     * @throws NoTargetException if no target can be reached
     */
    public RecoveryReport recover() throws IOException {
        reachable.requireOne();
        Optional<RecoveryReport> justNow = recovered;
        recovered = Optional.empty();
        return justNow.isPresent() ? justNow.get() : new Recovery(parts).recover();
    }

    /** The lines of {@code webhooks.txt} by the targets they name, of those that are open. They may be secrets. */
    public Map<TargetId, String> targetLines() {
        return targets.open().entrySet().stream()
                .collect(Collectors.toMap(
                        open -> open.getKey().id(), open -> open.getValue().text()));
    }

    /** The target with this id, if it is open and gives links to its blobs. */
    public Optional<BlobLinks> linksOf(TargetId target) {
        return parts.pool().find(target).filter(BlobLinks.class::isInstance).map(BlobLinks.class::cast);
    }

    /** What the vault comes to. Asks no target. */
    public StatusReport status() {
        return new Survey(parts, targets, troubles).take();
    }

    /** Which targets are open. */
    public Set<TargetId> openTargets() {
        return targets.open().keySet().stream().map(StorageBackend::id).collect(Collectors.toUnmodifiableSet());
    }

    /** The open targets as they are right now. Asks none of them anything. */
    public List<TargetDetail> targetDetails() {
        return new Survey(parts, targets, troubles).details();
    }

    /** Tells people something, as the builder was told how. */
    void notice(String sentence) {
        notices.accept(sentence);
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (Closeable resource : opened) {
            try {
                resource.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
