package dev.dsync.cli;

import dev.dsync.cli.settings.Key;
import dev.dsync.cli.settings.Keys;
import dev.dsync.metadata.FolderJson;
import dev.dsync.pipeline.FolderRecords;
import dev.dsync.pipeline.SyncOptions;
import dev.dsync.pipeline.SyncReport;
import dev.dsync.source.ExcludeRules;
import dev.dsync.source.RelativePath;
import dev.dsync.vault.Vault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
            "  dsync sync --dry-run              see what it would do"
        })
final class SyncCommand implements Task {

    /** A commit is made at least this often: what a crash may lose. */
    private static final Duration COMMIT_EVERY = Duration.ofMinutes(5);

    private static final long COMMIT_BYTES = 512L << 20;

    @Option(names = "--folder", paramLabel = "DIR", description = "The folder to keep safe.")
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
            description = "How to store: classic is what the original d-sync can restore.")
    private @Nullable String layout;

    @Option(names = "--compression", paramLabel = "zstd|zlib|none", description = "How to make chunks smaller.")
    private @Nullable String compression;

    @Override
    public Answer run(Session session) throws IOException, InterruptedException {
        requireLayout();
        applyOptions(session);
        Path chosen = session.folderSet().orElse(session.home().syncedFolder());
        if (NewVaultPreview.applies(session)) {
            // Before a key and a target are made for nothing.
            Vault.requireFolder(chosen);
            if (dryRun) {
                return new SyncAnswer(new NewVaultPreview(session, chosen).report(), chosen, true);
            }
        }
        try (Vault vault = session.open()) {
            Path synced = folder(session, vault);
            SyncWatch watch = new SyncWatch(session.output());
            session.around().stop().heed();
            SyncReport report = dryRun
                    ? vault.preview(synced, options(session, synced), excludes(session), watch)
                    : vault.sync(options(session, synced), excludes(session), watch);
            return new SyncAnswer(report, synced, dryRun);
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
        SyncOptions options = storing(session, dryRun, pathsAgain(synced), allowEmpty);
        FolderRecords records = new FolderJson(session.around().clock().getZone());
        return options.storing(
                Optional.of(records).filter(any -> "classic".equals(layout)),
                session.settings().get(Keys.EXPORT_JSON));
    }

    /** How the settings say that packs are made and kept. */
    static SyncOptions storing(Session session, boolean dryRun, List<RelativePath> again, boolean allowEmpty) {
        return new SyncOptions(
                dryRun,
                again,
                allowEmpty,
                session.settings().treatments(),
                session.settings().get(Keys.PACK_SIZE).intValue(),
                session.settings().get(Keys.COPIES),
                COMMIT_EVERY,
                COMMIT_BYTES,
                session.around().stop()::requested);
    }

    private List<RelativePath> pathsAgain(Path synced) throws UsageException {
        List<RelativePath> paths = new ArrayList<>();
        for (String written : again) {
            paths.add(StoredPaths.parse(written, synced));
        }
        return paths;
    }

    static ExcludeRules excludes(Session session) {
        return ExcludeRules.of(session.settings().get(Keys.EXCLUDE));
    }
}
