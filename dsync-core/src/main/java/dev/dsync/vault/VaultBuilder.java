package dev.dsync.vault;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.CatalogProvider;
import dev.dsync.chunk.ByteBudget;
import dev.dsync.chunk.Chunker;
import dev.dsync.codec.Codec;
import dev.dsync.key.PassphraseSource;
import dev.dsync.pack.PackFormat;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.placement.Pause;
import dev.dsync.placement.PoolListener;
import dev.dsync.placement.TransferRates;
import dev.dsync.storage.RunningTime;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageBackendProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Opens a vault: says where it is and how to work with it. Everything has a default that suits a home as the command
 * line uses it; targets come from {@code webhooks.txt} unless some are given here.
 */
public final class VaultBuilder {

    /** Of the heap, what chunks and packs in flight may take at most; the rest is for everything else. */
    private static final double SHARE_OF_HEAP = 0.5;

    final Home home;
    final List<StorageBackend> targets = new ArrayList<>();
    private @Nullable CatalogProvider catalogs;
    private @Nullable List<StorageBackendProvider> providers;
    Clock clock = Clock.systemUTC();
    RunningTime runningTime = RunningTime.REAL;
    private @Nullable RandomGenerator random;
    Pause pause = Pause.REAL;
    BooleanSupplier stop = () -> false;
    int threads = Runtime.getRuntime().availableProcessors();
    long memoryBytes = ofHeap(ByteBudget.DEFAULT_BYTES);
    TransferRates rates = TransferRates.UNLIMITED;
    PassphraseSource passphrase = () -> {
        throw new ConfigurationException("the key is protected by a passphrase: set DSYNC_PASSPHRASE to it");
    };
    Consumer<String> notices = notice -> {};
    PoolListener targetChanges = PoolListener.SILENT;
    AfterSync afterSync = (vault, report) -> {};
    String purpose = "a program";
    final List<Codec> codecs = new ArrayList<>();

    @Nullable
    Chunker chunker;

    VaultBuilder(Path home) {
        this.home = new Home(home);
    }

    /** The one given here, else the first on the class path. */
    CatalogProvider catalogs() {
        return catalogs != null ? catalogs : defaultCatalogs();
    }

    private static CatalogProvider defaultCatalogs() {
        return ServiceLoader.load(CatalogProvider.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no catalog on the class path: add dsync-metadata, or give a CatalogProvider"));
    }

    /**
     * The ones given here, else those on the class path. They stay the same however often targets are opened, because
     * what a provider knows of a service, such as its limits or that it refuses this machine, holds for all its targets.
     */
    List<StorageBackendProvider> providers() {
        if (providers == null) {
            List<StorageBackendProvider> found = new ArrayList<>();
            ServiceLoader.load(StorageBackendProvider.class).forEach(found::add);
            providers = List.copyOf(found);
        }
        return providers;
    }

    /** The one given here, else Java's; made when it is wanted, because that takes longer than to list a folder. */
    RandomGenerator random() {
        if (random == null) {
            random = new SecureRandom();
        }
        return random;
    }

    /** Opens the targets that webhooks.txt names with these providers. */
    public VaultBuilder providers(List<StorageBackendProvider> instead) {
        providers = List.copyOf(instead);
        return this;
    }

    /** Uses this target, opened by the caller and closed with the vault, instead of those webhooks.txt names. */
    public VaultBuilder target(StorageBackend target) {
        targets.add(target);
        return this;
    }

    /** Keeps the catalog with this provider. */
    public VaultBuilder catalogs(CatalogProvider provider) {
        catalogs = provider;
        return this;
    }

    /** Takes the time from this clock. */
    public VaultBuilder clock(Clock newClock) {
        clock = newClock;
        return this;
    }

    /** Counts by this how much time has passed, whatever the clock is set to; that of the machine by default. */
    public VaultBuilder runningTime(RunningTime newRunningTime) {
        runningTime = newRunningTime;
        return this;
    }

    /** Takes salts, names and choices from this source, which should be a {@link SecureRandom}. */
    public VaultBuilder random(RandomGenerator source) {
        random = source;
        return this;
    }

    /** Waits for targets in this way. */
    public VaultBuilder pause(Pause newPause) {
        pause = newPause;
        return this;
    }

    /**
     * Has waits for targets that fail end as soon as {@code asked} says so, which is asked several times a second: what
     * waits then fails with the reason for which it waits. Requests under way, and waits for rate limits, go on. A pass
     * ends for the same wish if its options have it too.
     */
    public VaultBuilder stop(BooleanSupplier asked) {
        stop = asked;
        pause = Pause.until(asked);
        return this;
    }

    /** Works on so many chunks at once; the number of processors by default. */
    public VaultBuilder threads(int count) {
        threads = count;
        return this;
    }

    /** Keeps chunks and packs in flight within so many bytes; 96 MiB by default, or half the heap if that is less. */
    public VaultBuilder memoryBytes(long bytes) {
        memoryBytes = bytes;
        return this;
    }

    /** As {@link #memoryBytes}, but no more than half the heap. */
    public VaultBuilder readAhead(long bytes) {
        return memoryBytes(ofHeap(bytes));
    }

    private static long ofHeap(long bytes) {
        return Math.max(VaultParts.LEAST_MEMORY, Math.min(bytes, (long)
                (Runtime.getRuntime().maxMemory() * SHARE_OF_HEAP)));
    }

    /** Sends and fetches no faster than this, all targets together; as fast as possible by default. */
    public VaultBuilder rates(TransferRates newRates) {
        rates = newRates;
        return this;
    }

    /** Asks here for the passphrase of a protected key. */
    public VaultBuilder passphrase(PassphraseSource source) {
        passphrase = source;
        return this;
    }

    /**
     * Can read what this codec encoded. Storing with it takes {@link dev.dsync.codec.Compression#with} in the options
     * of a sync.
     *
     * @param codec with an id made by {@link dev.dsync.codec.CodecId#ofApplication}
     */
    public VaultBuilder codec(Codec codec) {
        codecs.add(codec);
        return this;
    }

    /**
     * Cuts files with this chunker instead of FastCDC. Whatever cut it, everything stored stays readable; but content
     * that two chunkers cut is stored twice, so a vault should stay with one.
     *
     * @throws IllegalArgumentException if its chunks are too large for a pack
     */
    public VaultBuilder chunker(Chunker newChunker) {
        if (newChunker.maxChunkSize() > PackFormat.MAX_CHUNK_BYTES) {
            throw new IllegalArgumentException("a chunk has at most " + PackFormat.MAX_CHUNK_BYTES
                    + " bytes, this chunker makes them of up to " + newChunker.maxChunkSize());
        }
        chunker = newChunker;
        return this;
    }

    /** Tells people things here that are no failures, a sentence each. */
    public VaultBuilder notices(Consumer<String> listener) {
        notices = listener;
        return this;
    }

    /** Tells here, besides the notices, when a target is doing better or worse. */
    public VaultBuilder targetChanges(PoolListener listener) {
        targetChanges = listener;
        return this;
    }

    /** Does this after each sync, while the vault is still open to write. */
    public VaultBuilder afterSync(AfterSync work) {
        afterSync = work;
        return this;
    }

    /** What the vault is opened for, in a word or two, for others who meet its lock. */
    public VaultBuilder purpose(String words) {
        purpose = words;
        return this;
    }

    /**
     * The synced folder, as far as this home remembers one; asks nobody, makes nothing.
     *
     * @throws dev.dsync.catalog.CatalogException if the catalog cannot be read
     */
    public Optional<Path> rememberedFolder() {
        if (!catalogs().exists(home.state())) {
            return Optional.empty();
        }
        try (Catalog catalog = catalogs().openReadOnly(home.state())) {
            return new SyncedFolder(catalog, home).remembered();
        }
    }

    /**
     * Opens what this home knows of an existing vault, also while another process writes; no target. A home that lost it
     * recovers it first.
     *
     * @throws ConfigurationException if there is no vault, or a person must mend something first
     * @throws NoTargetException if nothing is known of the vault here and no target can be asked
     */
    public VaultCatalog openCatalog() throws IOException {
        return new VaultOpening(this).catalog();
    }

    /**
     * Opens the vault to write, and makes it if there is no trace of one: no key, no state, no root on any target.
     *
     * @throws ConfigurationException if a person must mend something first, such as another process at work
     * @throws NoTargetException if nothing is known of the vault here and no target can be asked
     */
    public Vault open() throws IOException {
        return new VaultOpening(this).forWriting();
    }

    /**
     * Opens an existing vault to write; makes neither a key nor a target.
     *
     * @throws ConfigurationException if there is no vault, or a person must mend something first
     * @throws NoTargetException if nothing is known of the vault here and a target cannot be asked
     */
    public Vault openExisting() throws IOException {
        return new VaultOpening(this).forExisting();
    }

    /**
     * Opens an existing vault to read, also while another process writes.
     *
     * @throws ConfigurationException if there is no vault, or a person must mend something first
     * @throws NoTargetException if nothing is known of the vault here and no target can be asked
     */
    public Vault openReadOnly() throws IOException {
        return new VaultOpening(this).forReading();
    }
}
