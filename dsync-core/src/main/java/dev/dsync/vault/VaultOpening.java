package dev.dsync.vault;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.DamagedCatalogException;
import dev.dsync.catalog.HomeState;
import dev.dsync.catalog.KnownTarget;
import dev.dsync.chunk.FastCdcChunker;
import dev.dsync.codec.Codecs;
import dev.dsync.key.KeyFile;
import dev.dsync.key.Purpose;
import dev.dsync.key.SecretBytes;
import dev.dsync.key.VaultKey;
import dev.dsync.pack.PackFormat;
import dev.dsync.pipeline.parts.CountedTime;
import dev.dsync.pipeline.parts.Seals;
import dev.dsync.pipeline.parts.SuspectCopies;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.placement.Health;
import dev.dsync.placement.PoolListener;
import dev.dsync.placement.PoolSettings;
import dev.dsync.placement.TargetPool;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.TargetId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a vault is opened: lock, catalog, key, targets, in this order; and if there is no catalog but our root on a
 * target, the catalog is rebuilt first. A key is made only where there is no trace of a vault.
 */
final class VaultOpening {

    private final VaultBuilder settings;
    private final Home home;
    private final Traces traces;
    private final Deque<Closeable> opened = new ArrayDeque<>();

    VaultOpening(VaultBuilder settings) {
        this.settings = settings;
        this.home = settings.home;
        this.traces = new Traces(home);
    }

    /** How much an opening may change. */
    private enum Manner {
        /** Makes the vault if there is no trace of one, and targets that were never used. */
        MAKE,
        /** Writes in a vault that there is; makes neither key nor target. */
        EXISTING,
        /** Changes nothing. */
        READ
    }

    Vault forWriting() throws IOException {
        return writing(Manner.MAKE);
    }

    Vault forExisting() throws IOException {
        requireTrace();
        return writing(Manner.EXISTING);
    }

    Vault forReading() throws IOException {
        requireTrace();
        try {
            return reading(settledCatalog());
        } catch (DamagedCatalogException e) {
            return reading(recoveredCatalog());
        }
    }

    private Vault reading(Catalog catalog) throws IOException {
        return guarded(() -> open(keep(catalog), Manner.READ));
    }

    VaultCatalog catalog() throws IOException {
        requireTrace();
        Catalog catalog = settledCatalog();
        return guarded(() -> {
            keep(catalog);
            KeyFile file = new KeyFile(home.keyFile());
            if (!file.exists()) {
                throw traces.keyOfThisHomeMissing();
            }
            try (VaultKey key = file.read(settings.passphrase)) {
                traces.requireSame(catalog.home(), key);
            }
            return new VaultCatalog(catalog, home);
        });
    }

    /** The catalog for reading; it is recovered first if no opening ever came to its end here, or it is damaged. */
    private Catalog settledCatalog() throws IOException {
        if (settings.catalogs().exists(home.state())) {
            try {
                Catalog catalog = settings.catalogs().openReadOnly(home.state());
                if (isSettled(catalog)) {
                    return catalog;
                }
            } catch (DamagedCatalogException e) {
                // Whoever opens it to write replaces it.
            }
        }
        return recoveredCatalog();
    }

    private Catalog recoveredCatalog() throws IOException {
        new VaultOpening(settings).forExisting().close();
        return settings.catalogs().openReadOnly(home.state());
    }

    /** Before an opening came to its end, an empty catalog says nothing of the vault. Closes one that says nothing. */
    private static boolean isSettled(Catalog catalog) {
        boolean settled = false;
        try {
            settled = catalog.home().get(Traces.VAULT).isPresent();
            return settled;
        } finally {
            if (!settled) {
                catalog.close();
            }
        }
    }

    private Vault writing(Manner manner) throws IOException {
        try {
            return writingOnce(manner);
        } catch (DamagedCatalogException e) {
            guarded(() -> {
                keep(HomeLock.take(home.state(), settings.purpose, settings.clock));
                replaceCatalog();
                return Optional.empty();
            });
            closeOpened();
            return writingOnce(manner);
        }
    }

    private Vault writingOnce(Manner manner) throws IOException {
        return guarded(() -> {
            makePrivateFolder(home.state());
            keep(HomeLock.take(home.state(), settings.purpose, settings.clock));
            return open(keep(settings.catalogs().open(home.state())), manner);
        });
    }

    private void replaceCatalog() throws IOException {
        OpenTargets targets = targets(HomeState.EMPTY, Manner.READ, false);
        try {
            new CatalogReplacement(settings.catalogs(), home.state(), settings.notices).setAside(targets);
        } finally {
            if (settings.targets.isEmpty()) {
                targets.close();
            }
        }
    }

    private void requireTrace() throws ConfigurationException {
        if (!new KeyFile(home.keyFile()).exists() && !settings.catalogs().exists(home.state())) {
            throw noVault();
        }
    }

    private ConfigurationException noVault() {
        return new ConfigurationException(
                "there is no vault in " + home.folder() + ": give --home, or make one with 'dsync sync'");
    }

    private interface Opening<T> {
        T run() throws IOException;
    }

    /** What was opened before a failure is closed again. */
    private <T> T guarded(Opening<T> opening) throws IOException {
        try {
            return opening.run();
        } catch (IOException | RuntimeException e) {
            closeOpened();
            throw e;
        }
    }

    private void closeOpened() throws IOException {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    private <T extends Closeable> T keep(T resource) {
        opened.push(resource);
        return resource;
    }

    private static void makePrivateFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private Vault open(Catalog catalog, Manner manner) throws IOException {
        boolean madeKey = !new KeyFile(home.keyFile()).exists();
        OpenTargets targets = targets(catalog.home(), manner, madeKey);
        try (VaultKey key = key(catalog, targets, manner)) {
            traces.requireSame(catalog.home(), key);
            Deaths deaths = new Deaths(catalog, targets, troubles(), settings.notices);
            PoolListener listener = targetChanges(manner, deaths);
            if (manner == Manner.READ) {
                deaths.unsettled().forEach((target, cause) -> listener.changed(target, Health.RETIRED, cause));
            } else {
                deaths.settle();
                deaths.revive();
            }
            TargetPool pool = keep(new TargetPool(
                    targets.open().keySet(),
                    new PoolSettings(retired(catalog), PackFormat.MIN_PACK_SIZE, settings.rates),
                    listener,
                    settings.clock,
                    settings.pause,
                    settings.random()));
            TargetTroubles troubles = troubles();
            opened.push(() -> troubles.forgetAnswering(pool));
            Vault vault = new Vault(
                    home,
                    parts(key, catalog, pool, targets),
                    targets,
                    troubles,
                    settings.notices,
                    settings.afterSync,
                    List.copyOf(opened));
            if (manner != Manner.READ) {
                if (!madeKey && catalog.commits().head().isEmpty()) {
                    vault.recoverAtOpening();
                    traces.requireAllAsked(catalog, targets, manner == Manner.MAKE);
                }
                catalog.home().set(Traces.VAULT, Optional.of(key.vaultId().toString()));
                new CountedTime(vault.parts()).note();
                rememberLines(catalog, targets);
            }
            retired(catalog).forEach(pool::leaveAlone);
            return vault;
        }
    }

    private PoolListener targetChanges(Manner manner, Deaths deaths) {
        PoolListener own = manner == Manner.READ
                ? RetiringListener.telling(suspects(), settings.notices)
                : RetiringListener.writing(deaths, settings.notices);
        TargetTroubles troubles = troubles();
        return (target, health, cause) -> {
            troubles.learned(target, health, String.valueOf(cause.getMessage()));
            own.changed(target, health, cause);
            settings.targetChanges.changed(target, health, cause);
        };
    }

    private VaultParts parts(VaultKey key, Catalog catalog, TargetPool pool, OpenTargets targets) {
        Seals seals = keepAny(new Seals(key));
        try (SecretBytes gear = key.subkey(Purpose.GEAR)) {
            return new VaultParts(
                    seals,
                    catalog,
                    pool,
                    settings.chunker != null ? settings.chunker : FastCdcChunker.keyed(gear),
                    new Codecs(settings.codecs),
                    settings.memoryBytes,
                    targets.away(new LineMemory(catalog.home())),
                    suspects(),
                    settings.notices,
                    home.state().resolve("spool"),
                    settings.clock,
                    settings.runningTime,
                    settings.random(),
                    settings.threads);
        }
    }

    private TargetTroubles troubles() {
        return new TargetTroubles(home.state().resolve("troubles"), settings.clock, settings.random());
    }

    private SuspectCopies suspects() {
        return new SuspectCopies(home.state().resolve("suspects"), settings.random());
    }

    private static Set<TargetId> retired(Catalog catalog) {
        return catalog.targets().all().stream()
                .filter(target -> target.state() == KnownTarget.State.RETIRED)
                .map(KnownTarget::id)
                .collect(Collectors.toSet());
    }

    private Seals keepAny(Seals seals) {
        opened.push(seals::close);
        return seals;
    }

    private OpenTargets targets(HomeState state, Manner manner, boolean madeKey) throws IOException {
        if (!settings.targets.isEmpty()) {
            Map<StorageBackend, TargetLine> given = new LinkedHashMap<>();
            settings.targets.forEach(
                    target -> given.put(target, new TargetLine(0, target.id().value())));
            return new OpenTargets(given, Map.of(), Map.of(), Map.of());
        }
        List<TargetLine> lines = TargetLine.read(home.targetLines());
        if (lines.isEmpty()) {
            lines = List.of(TargetLine.localStorage(home));
            if (manner != Manner.READ) {
                settings.notices.accept("webhooks.txt names no target: storing in " + home.localStorage()
                        + ", on this machine. Add a line to keep your files elsewhere");
            }
        }
        if (manner != Manner.MAKE) {
            return openTargets(lines, state, false);
        }
        if (!madeKey && state.get(Traces.VAULT).isEmpty()) {
            // This home may have lost its state: a target that is away must not be taken for one never used.
            OpenTargets found = openTargets(lines, state, false);
            if (found.anyHasRoot()) {
                return found;
            }
            found.close();
        }
        return openTargets(lines, state, true);
    }

    private OpenTargets openTargets(List<TargetLine> lines, HomeState state, boolean mayCreate) throws IOException {
        return OpenTargets.open(
                home,
                settings.providers(),
                lines,
                new LineMemory(state),
                mayCreate,
                settings.clock,
                settings.random(),
                settings.stop);
    }

    private void rememberLines(Catalog catalog, OpenTargets targets) {
        LineMemory memory = new LineMemory(catalog.home());
        targets.open().forEach((target, line) -> memory.used(line, target.id()));
        catalog.flush();
    }

    private VaultKey key(Catalog catalog, OpenTargets targets, Manner manner) throws IOException {
        KeyFile file = new KeyFile(home.keyFile());
        if (file.exists()) {
            return file.read(settings.passphrase);
        }
        traces.requireNone(catalog, targets, manner == Manner.MAKE);
        if (manner != Manner.MAKE) {
            throw noVault();
        }
        VaultKey key = file.create(settings.random());
        settings.notices.accept("made a new key, " + file.path()
                + ": keep a copy of it in a safe place, or a sheet that 'dsync key export' prints. Without it nothing that is"
                + " stored can ever be read");
        return key;
    }
}
