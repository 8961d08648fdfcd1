package dev.dsync.cli;

import dev.dsync.catalog.CatalogException;
import dev.dsync.catalog.Packs;
import dev.dsync.cli.settings.Key;
import dev.dsync.cli.settings.Keys;
import dev.dsync.metadata.FolderJson;
import dev.dsync.pipeline.SyncEvent;
import dev.dsync.pipeline.SyncOptions;
import dev.dsync.pipeline.SyncReport;
import dev.dsync.source.ExcludeRules;
import dev.dsync.source.RelativePath;
import dev.dsync.vault.KeyCheck;
import dev.dsync.vault.NoTargetException;
import dev.dsync.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Brings the vault up to date with the synced folder. */
@Command(
        name = "sync",
        sortOptions = false,
        header = "Store what is new, changed or deleted in the synced folder.",
        description = "The first sync records its folder; later ones need no --folder.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  dsync sync --folder Documents     the first time",
            "  dsync sync                        from then on",
            "  dsync sync --dry-run              see what it would do",
            "  dsync sync --watch                go on, whenever something changes"
        })
final class SyncCommand implements PlainTask {

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "The folder to keep safe; d-synced in the home unless given or recorded.")
    private @Nullable String folder;

    @Option(names = "--replace-folder", description = "Let --folder take the place of the recorded folder.")
    private boolean replaceFolder;

    @Option(names = "--dry-run", description = "Tell what would be done and do nothing.")
    private boolean dryRun;

    @Option(
            names = "--again",
            paramLabel = "PATH",
            description =
                    "Read this file or folder even if it looks unchanged, see whether what was stored of it is there,"
                            + " and store anew what is not. Can be repeated.")
    private List<String> again = new ArrayList<>();

    @Option(names = "--allow-empty", description = "Believe that the folder is empty and all its files deleted.")
    private boolean allowEmpty;

    @Option(
            names = "--layout",
            paramLabel = "packed|classic",
            description = "How to store: packed unless given; classic is what the original d-sync can restore.")
    private @Nullable String layout;

    @Option(names = "--watch", description = "Go on: sync again whenever something changes, and every so often.")
    private boolean watch;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            description = "With --watch, look at least this often, such as 90s, 5m, 1h; 60s unless set.")
    private @Nullable String interval;

    @Option(
            names = "--compression",
            paramLabel = "zstd|zlib|none",
            description = "How to make what is stored smaller; zstd unless set.")
    private @Nullable String compression;

    @Override
    public Answer run(Session session) throws Exception {
        requireLayout();
        if (watch && dryRun) {
            throw new UsageException("--watch and --dry-run do not go together");
        }
        applyOptions(session);
        Path chosen = session.folderSet().orElse(session.home().syncedFolder());
        if (NewVaultPreview.applies(session)) {
            // Before a key and a target are made for nothing.
            Vault.requireFolder(session.home(), chosen);
            if (dryRun) {
                return new SyncAnswer(new NewVaultPreview(session, chosen).report(), chosen, true);
            }
        }
        return watch
                ? new WatchedSync(session, recordedFolder(session))
                        .run((first, listener) -> pass(session, first, listener))
                : once(session);
    }

    private Answer once(Session session) throws IOException, InterruptedException {
        try (Vault vault = dryRun && knowsVault(session) ? session.openToRead() : opened(session)) {
            Path synced = folder(session, vault);
            session.around().stop().heed();
            return dryRun ? preview(session, vault, synced) : sync(session, vault, synced);
        }
    }

    /** Whether a look at the home is enough: it needs no lock then, and no disk that can be written. */
    private static boolean knowsVault(Session session) {
        try {
            return new KeyCheck(session.builder()).vaultOfHome().isPresent();
        } catch (CatalogException e) {
            // Whoever opens it to write mends it, or says what is wrong.
            return false;
        }
    }

    /** Opens the vault. Who gave a folder for good must know if that was not heard. */
    private Vault opened(Session session) throws IOException {
        try {
            return session.open();
        } catch (NoTargetException e) {
            if (folder == null || dryRun || session.builder().rememberedFolder().isPresent()) {
                throw e;
            }
            throw new NoTargetException(e.getMessage() + ". The folder was not recorded: give --folder again then", e);
        }
    }

    private Answer preview(Session session, Vault vault, Path synced) throws IOException, InterruptedException {
        SyncWatch progress = new SyncWatch(session.output(), session.around().clock(), OptionalLong::empty);
        return new SyncAnswer(
                vault.preview(synced, options(session, synced), excludes(session), progress), synced, true);
    }

    private Answer sync(Session session, Vault vault, Path synced) throws IOException, InterruptedException {
        Forecast forecast = new Forecast(session, vault, synced, pathsAgain(synced));
        SyncWatch progress = new SyncWatch(session.output(), session.around().clock(), forecast::bytes);
        Packs.Totals before = vault.catalog().packs().totals();
        if (session.output().progress().isShown()) {
            forecast.begin();
        }
        try {
            SyncReport report = vault.sync(options(session, synced), excludes(session), progress);
            return new SyncAnswer(report, synced, false, Optional.of(Gains.since(before, vault)));
        } catch (IOException e) {
            if (vault.catalog().commits().head().isEmpty()) {
                session.output()
                        .notice(
                                "nothing of the folder can be restored yet: this vault has a key, but no sync of it came"
                                        + " to its end. Keep the key, and sync again once the following is mended");
            }
            throw e;
        } finally {
            forecast.stop();
        }
    }

    /** The folder, recorded, so that it is known before the first pass. */
    private Path recordedFolder(Session session) throws IOException {
        try (Vault vault = opened(session)) {
            return folder(session, vault);
        }
    }

    /** What was wanted of paths, and of an empty folder, is wanted once: later a disk may be unmounted. */
    private SyncReport pass(Session session, boolean first, SyncEvent.Listener listener)
            throws IOException, InterruptedException {
        if (!first) {
            again.clear();
            allowEmpty = false;
        }
        try (Vault vault = session.open()) {
            Path synced = session.syncedFolder(vault);
            return vault.sync(options(session, synced), excludes(session), listener);
        }
    }

    private void requireLayout() throws UsageException {
        if (layout == null || layout.equals("packed")) {
            return;
        }
        if (!layout.equals("classic")) {
            throw new UsageException("--layout must be packed or classic, found \"" + layout + '"');
        }
    }

    private void applyOptions(Session session) throws UsageException {
        if (folder != null) {
            set(session, Keys.FOLDER, "--folder", folder);
        }
        if (interval != null) {
            set(session, Keys.INTERVAL, "--interval", interval);
        }
        if (compression != null) {
            set(session, Keys.COMPRESSION, "--compression", compression);
        }
    }

    private static <T> void set(Session session, Key<T> key, String option, String text) throws UsageException {
        try {
            session.set(key, key.form().read(text));
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + ' ' + e.getMessage());
        }
    }

    /** The folder to sync: the one that is set, which is recorded, else the recorded one, else the home's own. */
    private Path folder(Session session, Vault vault) throws IOException {
        Path chosen = session.syncedFolder(vault);
        if (!dryRun) {
            vault.setSyncedFolder(chosen, replaceFolder);
        }
        return chosen;
    }

    private SyncOptions options(Session session, Path synced) throws UsageException {
        SyncOptions.Builder options = storing(session)
                .dryRun(dryRun)
                .again(pathsAgain(synced))
                .allowEmpty(allowEmpty)
                .sealedDigests(session.settings().get(Keys.EXPORT_JSON));
        if ("classic".equals(layout)) {
            options.classic(new FolderJson(session.around().clock().getZone()));
        }
        return options.build();
    }

    /** How the settings say that packs are made and kept. */
    static SyncOptions.Builder storing(Session session) {
        return SyncOptions.builder()
                .treatments(session.settings().treatments())
                .packSize(session.settings().get(Keys.PACK_SIZE).intValue())
                .copies(session.settings().get(Keys.COPIES))
                .stop(session.around().stop()::requested);
    }

    private List<RelativePath> pathsAgain(Path synced) throws UsageException {
        List<RelativePath> paths = new ArrayList<>();
        for (String written : again) {
            RelativePath path = StoredPaths.parse(written, synced);
            if (Files.isDirectory(synced) && !Files.exists(path.under(synced), LinkOption.NOFOLLOW_LINKS)) {
                throw new UsageException(
                        "unknown_path", "--again " + written + ": the synced folder " + synced + " has nothing there");
            }
            paths.add(path);
        }
        return paths;
    }

    static ExcludeRules excludes(Session session) {
        return ExcludeRules.of(session.settings().get(Keys.EXCLUDE));
    }
}
