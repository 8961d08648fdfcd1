package dev.dsync.vault;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.CatalogProvider;
import dev.dsync.catalog.MemoryCatalog;
import dev.dsync.catalog.Version;
import dev.dsync.chunk.ByteBudget;
import dev.dsync.codec.Compression;
import dev.dsync.pack.PackFormat;
import dev.dsync.pipeline.CheckEvent;
import dev.dsync.pipeline.CheckOptions;
import dev.dsync.pipeline.CheckReport;
import dev.dsync.pipeline.CommitSettings;
import dev.dsync.pipeline.EditReport;
import dev.dsync.pipeline.EvacuationReport;
import dev.dsync.pipeline.Keeps;
import dev.dsync.pipeline.Overwrite;
import dev.dsync.pipeline.PruneOptions;
import dev.dsync.pipeline.PruneReport;
import dev.dsync.pipeline.RestoreEvent;
import dev.dsync.pipeline.RestoreOptions;
import dev.dsync.pipeline.RestoreReport;
import dev.dsync.pipeline.SyncEvent;
import dev.dsync.pipeline.SyncOptions;
import dev.dsync.pipeline.SyncReport;
import dev.dsync.pipeline.Treatments;
import dev.dsync.pipeline.content.FileContent;
import dev.dsync.source.ExcludeRules;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.TargetId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A home with a vault, for tests: over the targets a test gives, with the catalog in memory and time and chance in the
 * test's hands. Opened on first use; {@link #close} and using it again is a restart of the program.
 */
public final class TestVault implements Closeable {

    private final Path folder;
    private List<StorageBackend> targets;
    private final TestTime time = new TestTime();
    private final Random random;
    private final List<String> notices = new ArrayList<>();
    private MemoryCatalog.Files files = new MemoryCatalog.Files();
    private int packSize = PackFormat.MIN_PACK_SIZE;
    private boolean sealedDigests;
    private int copies = 1;
    private long commitBytes = 512 << 20;
    private int threads = 2;
    private Treatments treatments = Treatments.all(Compression.standard());
    private long memoryBytes = ByteBudget.DEFAULT_BYTES;
    private UnaryOperator<VaultBuilder> opening = builder -> builder;
    private Runnable afterFlush = () -> {};
    private SyncEvent.Listener listener = SyncEvent.Listener.SILENT;
    private Vault vault;

    /** A home in {@code folder}, whose vault lies on these targets. */
    public TestVault(Path folder, long seed, StorageBackend... targets) throws IOException {
        this.folder = folder;
        this.targets = List.of(targets);
        this.random = new Random(seed);
        Files.createDirectories(synced());
    }

    /** Keeps data packs on so many targets. */
    public TestVault copies(int count) {
        copies = count;
        return this;
    }

    /** Commits after so many bytes of packs. */
    public TestVault commitBytes(long bytes) {
        commitBytes = bytes;
        return this;
    }

    /** Remembers the digests of sealed chunks, as for files.json. */
    public TestVault withSealedDigests() {
        sealedDigests = true;
        return this;
    }

    /** Tells this of what syncs do. */
    public TestVault listening(SyncEvent.Listener to) {
        listener = to;
        return this;
    }

    /** Works with so many threads: with one, the order of events is the same each time. */
    public TestVault threads(int count) {
        threads = count;
        return this;
    }

    /** Opens the vault with more settings than those of this class, from the next restart on. */
    public TestVault opening(UnaryOperator<VaultBuilder> more) throws IOException {
        close();
        opening = more;
        return this;
    }

    /** Keeps the catalog with this provider, in the home, from the next restart on. */
    public TestVault catalogs(CatalogProvider provider) throws IOException {
        return opening(builder -> builder.catalogs(new CatalogProvider() {
            @Override
            public boolean exists(Path stateFolder) {
                return provider.exists(stateFolder);
            }

            @Override
            public Catalog open(Path stateFolder) {
                return new FlushedCatalog(provider.open(stateFolder), () -> afterFlush.run());
            }

            @Override
            public Catalog openReadOnly(Path stateFolder) {
                return provider.openReadOnly(stateFolder);
            }

            @Override
            public Path setAside(Path stateFolder) {
                return provider.setAside(stateFolder);
            }
        }));
    }

    /** Does this with content from now on. */
    public TestVault treating(Treatments how) {
        treatments = how;
        return this;
    }

    /** Keeps chunks and packs in flight within so many bytes, from the next opening on. */
    public TestVault memory(long bytes) {
        memoryBytes = bytes;
        return this;
    }

    /** Goes on with other targets, after a restart. */
    public TestVault on(StorageBackend... others) throws IOException {
        close();
        targets = List.of(others);
        return this;
    }

    /** Calls this after each flush of the catalog. */
    public TestVault onFlush(Runnable listener) {
        afterFlush = listener;
        return this;
    }

    /** Another home with the same key, whose vault lies on the given targets. */
    public TestVault twin(Path otherFolder, StorageBackend... otherTargets) throws IOException {
        TestVault twin = new TestVault(otherFolder, random.nextLong(), otherTargets);
        Files.copy(home().keyFile(), twin.home().keyFile());
        return twin;
    }

    /** The same home as a crash right now would leave it, catalog and all, in another folder over other targets. */
    public TestVault crashed(Path otherFolder, MemoryCatalog.Files state, StorageBackend... otherTargets)
            throws IOException {
        TestVault crashed = twin(otherFolder, otherTargets);
        crashed.files = state;
        return crashed;
    }

    public Home home() {
        return new Home(folder);
    }

    /** The synced folder. */
    public Path synced() {
        return home().syncedFolder();
    }

    public TestTime time() {
        return time;
    }

    /** What people were told. */
    public List<String> notices() {
        return notices;
    }

    /** What outlives the catalog. */
    public MemoryCatalog.Files files() {
        return files;
    }

    /** The home loses its local state. */
    public void loseState() throws IOException {
        close();
        files = new MemoryCatalog.Files();
    }

    /** The program starts again with this state. */
    public void restart(MemoryCatalog.Files state) throws IOException {
        close();
        files = state;
    }

    /** The open vault. */
    public Vault vault() throws IOException {
        if (vault == null) {
            vault = opening.apply(builder(new InMemory())).open();
        }
        return vault;
    }

    /** The vault opened for reading; the caller closes it. */
    Vault readOnly() throws IOException {
        InMemory catalogs = new InMemory();
        catalogs.made = true;
        return builder(catalogs).openReadOnly();
    }

    private VaultBuilder builder(CatalogProvider catalogs) {
        VaultBuilder builder = Vault.in(folder)
                .catalogs(catalogs)
                .clock(time)
                .runningTime(time)
                .pause(time)
                .random(random)
                .threads(threads)
                .memoryBytes(memoryBytes)
                .notices(notices::add);
        targets.forEach(builder::target);
        return builder;
    }

    /** One sync. */
    public SyncReport sync() throws IOException, InterruptedException {
        return sync(List.of());
    }

    /** One sync that reads every file again. */
    public SyncReport syncAgain() throws IOException, InterruptedException {
        return sync(List.of(RelativePath.ROOT));
    }

    private SyncReport sync(List<RelativePath> again) throws IOException, InterruptedException {
        time.pass(Duration.ofMinutes(1));
        try {
            return vault().sync(options(again), ExcludeRules.NONE, listener);
        } finally {
            // what a test writes next is to look changed, as what people write minutes later
            new FileClock(folder).awaitTick();
        }
    }

    private SyncOptions options(List<RelativePath> again) {
        return SyncOptions.builder()
                .again(again)
                .allowEmpty(true)
                .treatments(treatments)
                .packSize(packSize)
                .copies(copies)
                .commitBytes(commitBytes)
                .sealedDigests(sealedDigests)
                .build();
    }

    /** Restores everything there is into a folder, as it was with a commit. */
    public RestoreReport restore(Path to, long sequence) throws IOException, InterruptedException {
        RestoreOptions options =
                new RestoreOptions(path -> true, to, sequence, Overwrite.ALWAYS, false, false, () -> false);
        return vault().restore(options, RestoreEvent.Listener.SILENT);
    }

    /** Restores everything there is now into a folder. */
    public RestoreReport restore(Path to) throws IOException, InterruptedException {
        return restore(to, Version.UNCOMMITTED);
    }

    /** The content of a file as it is now. */
    public FileContent content(String path) throws IOException {
        return vault().content(vault().catalog()
                .versions()
                .newest(RelativePath.of(path))
                .orElseThrow()
                .version());
    }

    /** One check that reads so many percent of the packs. */
    public CheckReport check(int readPercent) throws IOException, InterruptedException {
        return vault().check(new CheckOptions(readPercent, () -> false), CheckEvent.Listener.SILENT);
    }

    /** One check that reads so many percent of the packs and puts right what it finds. */
    public CheckReport repair(int readPercent) throws IOException, InterruptedException {
        time.pass(Duration.ofMinutes(1));
        return vault().repair(
                        new CheckOptions(readPercent, () -> false), options(List.of()), CheckEvent.Listener.SILENT);
    }

    /** Removes these paths and all below them. */
    public EditReport remove(String... paths) throws IOException, InterruptedException {
        return vault().remove(anyOf(paths), commits());
    }

    /** Brings these paths and all below them back. */
    public EditReport undelete(String... paths) throws IOException, InterruptedException {
        return vault().undelete(anyOf(paths), commits(), () -> false);
    }

    /** Moves what lies on a target to the others. */
    public EvacuationReport evacuate(TargetId target) throws IOException, InterruptedException {
        return vault().evacuate(target, commits(), () -> false);
    }

    private static Predicate<RelativePath> anyOf(String... paths) {
        return path -> Arrays.stream(paths).anyMatch(one -> path.startsWith(RelativePath.of(one)));
    }

    private CommitSettings commits() {
        return new CommitSettings(packSize, Math.max(2, copies), Compression.standard());
    }

    /** One prune that keeps deleted files, and every state, for so long. */
    public PruneReport prune(Duration deleted, Duration within) throws IOException, InterruptedException {
        return prune(new Keeps(deleted, 1, within), false);
    }

    /** One prune, or what it would do. */
    public PruneReport prune(Keeps keeps, boolean dryRun) throws IOException, InterruptedException {
        return vault().prune(pruneOptions(keeps, dryRun, false));
    }

    /** One prune that takes the clock's word for how much time has passed. */
    public PruneReport pruneByTheClock(Keeps keeps) throws IOException, InterruptedException {
        return vault().prune(pruneOptions(keeps, false, true));
    }

    private PruneOptions pruneOptions(Keeps keeps, boolean dryRun, boolean clockTrusted) {
        return new PruneOptions(
                keeps, dryRun, clockTrusted, packSize, copies, Compression.standard(), notices::add, () -> false);
    }

    @Override
    public void close() throws IOException {
        if (vault != null) {
            vault.close();
            vault = null;
        }
    }

    private final class InMemory implements CatalogProvider {

        private boolean made;

        @Override
        public boolean exists(Path stateFolder) {
            return made;
        }

        @Override
        public Catalog open(Path stateFolder) {
            made = true;
            return new FlushedCatalog(new MemoryCatalog(files), () -> afterFlush.run());
        }

        @Override
        public Path setAside(Path stateFolder) {
            files = new MemoryCatalog.Files();
            return stateFolder;
        }

        @Override
        public Catalog openReadOnly(Path stateFolder) {
            return open(stateFolder);
        }
    }
}
