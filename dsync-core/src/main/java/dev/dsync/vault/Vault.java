package dev.dsync.vault;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.CatalogRecord;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.WriterId;
import dev.dsync.pipeline.CheckEvent;
import dev.dsync.pipeline.CheckOptions;
import dev.dsync.pipeline.CheckPass;
import dev.dsync.pipeline.CheckReport;
import dev.dsync.pipeline.FileContent;
import dev.dsync.pipeline.HomeFacts;
import dev.dsync.pipeline.Losses;
import dev.dsync.pipeline.LostFiles;
import dev.dsync.pipeline.OutOfReach;
import dev.dsync.pipeline.Recovery;
import dev.dsync.pipeline.RepairPass;
import dev.dsync.pipeline.RestoreEvent;
import dev.dsync.pipeline.RestoreOptions;
import dev.dsync.pipeline.RestorePass;
import dev.dsync.pipeline.RestoreReport;
import dev.dsync.pipeline.SyncEvent;
import dev.dsync.pipeline.SyncOptions;
import dev.dsync.pipeline.SyncPass;
import dev.dsync.pipeline.SyncReport;
import dev.dsync.pipeline.VaultParts;
import dev.dsync.placement.Health;
import dev.dsync.source.ExcludeRules;
import dev.dsync.source.RelativePath;
import dev.dsync.source.SourceTree;
import dev.dsync.storage.TargetId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A vault, open: key, catalog and targets together. The library's front door.
 *
 * <p>One thread at a time may sync, restore, check or recover; reading methods may be called meanwhile from any thread.
 * Closing it gives the home's lock back.
 */
public final class Vault implements Closeable {

    /** How many lost files are told by name. */
    private static final int FILES_NAMED = 10;

    private final Home home;
    private final VaultParts parts;
    private final OpenTargets targets;
    private final Consumer<String> notices;
    private final List<Closeable> opened;

    /** Requests that opening the vault took, until a report has told of them. */
    private long requestsOfOpening;

    private boolean toldOfReach;

    /** What was recovered when the vault was opened, until somebody asks. */
    private Optional<Recovery.Report> recovered = Optional.empty();

    Vault(Home home, VaultParts parts, OpenTargets targets, Consumer<String> notices, List<Closeable> opened) {
        this.home = home;
        this.requestsOfOpening = parts.pool().requests();
        this.parts = parts;
        this.targets = targets;
        this.notices = notices;
        this.opened = opened;
    }

    /** Starts opening the vault of the home in {@code folder}. */
    public static VaultBuilder in(Path folder) {
        return new VaultBuilder(folder);
    }

    /** Rebuilds the catalog, which knows nothing yet, if there is anything to rebuild it from. */
    void recoverAtOpening() throws IOException {
        Recovery.Report report = new Recovery(parts).recover();
        if (report.commitsRead() > 0) {
            recovered = Optional.of(report);
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
        Optional<Path> recorded = new HomeFacts(catalog().home()).folder();
        if (recorded.isPresent() || Files.isDirectory(home.syncedFolder())) {
            return recorded.orElse(home.syncedFolder());
        }
        return new KnownWriters(catalog()).onlyFolder(HostName.here()).orElse(home.syncedFolder());
    }

    /** What the vault holds: versions, packs, targets, commits. For reading. */
    public Catalog catalog() {
        return parts.catalog();
    }

    /**
     * Records which folder is kept safe.
     *
     * @param replace whether another folder than the recorded one is meant to take its place
     * @throws ConfigurationException if another one is recorded and not to be replaced, or this is no folder
     */
    public void setSyncedFolder(Path folder, boolean replace) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        HomeFacts facts = new HomeFacts(catalog().home());
        Optional<Path> recorded = facts.folder();
        if (recorded.isPresent() && !recorded.get().equals(absolute) && !replace) {
            throw new ConfigurationException("this home keeps " + recorded.get() + " safe, not " + absolute
                    + ". If the other folder is to take its place, add --replace-folder");
        }
        requireFolder(absolute);
        facts.setFolder(absolute);
        catalog().flush();
    }

    private static void requireFolder(Path folder) throws ConfigurationException {
        if (!Files.isDirectory(folder)) {
            throw new ConfigurationException(
                    "the synced folder " + folder + " is not there. Make it, mount its disk, or give --folder");
        }
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
        requireFolder(folder);
        requireReachableTarget();
        introduceWriter(folder);
        rememberUsedTargets();
        SourceTree tree = new SourceTree(folder, excludes, leftOut());
        Losses losses = new Losses(parts);
        tellOfLoss(losses.find(options.again()), "this sync");
        SyncReport report;
        try {
            report = new SyncPass(parts, tree, options, losses, listener).run();
        } finally {
            tellOfLoss(new LostFiles(parts).find(), "the next sync");
        }
        tellWhatIsOutOfReach();
        requestsOfOpening = 0;
        return report.withRequests(parts.pool().requests() - before);
    }

    private void rememberUsedTargets() {
        HomeFacts facts = new HomeFacts(catalog().home());
        catalog().targets().all().forEach(known -> facts.setUsed(known.id()));
    }

    private void tellOfLoss(List<RelativePath> lost, String who) {
        if (!lost.isEmpty()) {
            notices.accept(lost.size() + (lost.size() == 1 ? " file has" : " files have")
                    + " no complete copy on any target any more: " + some(lost) + ". " + who
                    + " stores them again from the synced folder");
        }
    }

    private static String some(List<RelativePath> files) {
        return files.stream().limit(FILES_NAMED).map(RelativePath::value).collect(Collectors.joining(", "))
                + (files.size() > FILES_NAMED ? " and others" : "");
    }

    /** Once for each opening: nothing about it changes from pass to pass, and finding it out takes a look at all files. */
    private void tellWhatIsOutOfReach() {
        if (toldOfReach) {
            return;
        }
        toldOfReach = true;
        OutOfReach.Found found = new OutOfReach(parts).find();
        if (!found.files().isEmpty()) {
            notices.accept(found.files().size() + (found.files().size() == 1 ? " file is" : " files are")
                    + " out of reach: " + some(found.files())
                    + ". A part of each lies only on targets that no line of webhooks.txt names ("
                    + found.targets().stream().map(TargetId::value).sorted().collect(Collectors.joining(", "))
                    + "). Put the lines back, or have what is in the synced folder stored anew with"
                    + " 'dsync sync --again .'");
        }
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
        requireFolder(folder);
        SourceTree tree = new SourceTree(folder, excludes, leftOut());
        return new SyncPass(parts, tree, options, new Losses(parts), listener).run();
    }

    private void introduceWriter(Path folder) {
        HomeFacts facts = new HomeFacts(catalog().home());
        if (facts.writer().isPresent()) {
            return;
        }
        String host = HostName.here();
        Optional<CatalogRecord.WriterSeen> before = new KnownWriters(catalog()).at(host, folder);
        if (before.isPresent()) {
            facts.setWriter(before.get().writer());
            return;
        }
        WriterId writer = WriterId.random(parts.random());
        facts.setWriter(writer);
        catalog().commits().apply(new CatalogRecord.WriterSeen(writer, host, folder.toString(), Version.UNCOMMITTED));
    }

    /** What a home holds is not kept safe in itself, should the synced folder be the home or lie around it. */
    private List<Path> leftOut() {
        List<Path> paths = new ArrayList<>(List.of(home.state(), home.logs(), home.keyFile(), home.localStorage()));
        targets.open().keySet().forEach(target -> {
            if (target.place().service().equals("file")) {
                paths.add(Path.of(target.place().lane()));
            }
        });
        return paths;
    }

    /**
     * Brings files back.
     *
     * @throws NoTargetException if no target can be reached
     */
    public RestoreReport restore(RestoreOptions options, RestoreEvent.Listener listener)
            throws IOException, InterruptedException {
        requireReadableTarget();
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
     * Verifies that everything recorded is there and, if asked, that it is what was stored.
     *
     * @throws NoTargetException if no target can be reached
     */
    public CheckReport check(CheckOptions options, CheckEvent.Listener listener)
            throws IOException, InterruptedException {
        requireReadableTarget();
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
        requireReachableTarget();
        Path folder = syncedFolder();
        introduceWriter(folder);
        rememberUsedTargets();
        SourceTree tree = new SourceTree(folder, ExcludeRules.NONE, leftOut());
        return new RepairPass(parts, tree, options, storing, listener).run();
    }

    /**
     * Rebuilds the catalog from targets and key, as far as it is older than what they hold. If that was done when the
     * vault was opened, because there was no catalog, the first call tells what was done then.
     *
     * @throws NoTargetException if no target can be reached
     */
    public Recovery.Report recover() throws IOException {
        requireReachableTarget();
        Optional<Recovery.Report> justNow = recovered;
        recovered = Optional.empty();
        return justNow.isPresent() ? justNow.get() : new Recovery(parts).recover();
    }

    /** What the vault comes to. Asks no target. */
    public StatusReport status() {
        return new Survey(parts, targets).take();
    }

    /** A target that may be stored on. */
    private void requireReachableTarget() throws NoTargetException {
        if (parts.pool().live().isEmpty()) {
            throw new NoTargetException("no target can be reached: " + whyNone());
        }
    }

    /** A target that may be read: one that is retired may still answer. */
    private void requireReadableTarget() throws NoTargetException {
        boolean readable = parts.pool().targets().stream()
                .map(target -> parts.pool().health(target.id()))
                .anyMatch(health -> health == Health.READY || health == Health.RETIRED);
        if (!readable) {
            throw new NoTargetException("no target can be reached: " + whyNone());
        }
    }

    private String whyNone() {
        return targets.unreachable().values().stream()
                .map(Throwable::getMessage)
                .findFirst()
                .or(() -> parts.pool().targets().stream()
                        .filter(target -> parts.pool().health(target.id()) == Health.RETIRED)
                        .map(target ->
                                "target " + target.id() + " is gone for good. Put another target into webhooks.txt")
                        .findFirst())
                .orElse("none is configured");
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
