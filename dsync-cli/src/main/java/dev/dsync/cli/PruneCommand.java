package dev.dsync.cli;

import dev.dsync.cli.settings.ByteCount;
import dev.dsync.cli.settings.Key;
import dev.dsync.cli.settings.Keys;
import dev.dsync.cli.settings.Settings;
import dev.dsync.pipeline.Keeps;
import dev.dsync.pipeline.PruneOptions;
import dev.dsync.pipeline.PruneReport;
import dev.dsync.vault.Vault;
import java.io.IOException;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Frees storage. */
@Command(
        name = "prune",
        sortOptions = false,
        header = "Free storage on the targets for good: old versions, and files deleted long ago.",
        description = "What exists now always stays, and so does everything younger than what you ask to keep.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  dsync prune --dry-run                 tell what would be freed",
            "  dsync prune                           as dsync.toml says, else as above",
            "  dsync prune --keep-deleted 7d --keep-within 30d --keep-versions 3"
        })
final class PruneCommand implements Task {

    @Option(
            names = "--keep-deleted",
            paramLabel = "TIME",
            description =
                    "A deleted file can come back for so long; then it goes with all its versions. 30d by default.")
    private @Nullable String keepDeleted;

    @Option(
            names = "--keep-versions",
            paramLabel = "N",
            description = "So many of the newest versions of a file stay, however old. 1 by default: what it is now.")
    private @Nullable String keepVersions;

    @Option(
            names = "--keep-within",
            paramLabel = "TIME",
            description = "Every state of the last so long can be seen with --at. 90d by default.")
    private @Nullable String keepWithin;

    @Option(
            names = "--trust-clock",
            description =
                    "This machine's clock is right: what is old by it may go, even where nothing else shows that so"
                            + " much time has passed.")
    private boolean trustClock;

    @Option(names = "--dry-run", description = "Tell what would be done and do nothing.")
    private boolean dryRun;

    @Override
    public Answer run(Session session) throws IOException, InterruptedException {
        set(session, Keys.KEEP_DELETED, "--keep-deleted", keepDeleted);
        set(session, Keys.KEEP_VERSIONS, "--keep-versions", keepVersions);
        set(session, Keys.KEEP_WITHIN, "--keep-within", keepWithin);
        Settings settings = session.settings();
        Keeps keeps = new Keeps(
                settings.get(Keys.KEEP_DELETED), settings.get(Keys.KEEP_VERSIONS), settings.get(Keys.KEEP_WITHIN));
        try (Vault vault = dryRun ? session.openReadOnly() : session.openExisting()) {
            session.around().stop().heed();
            PruneReport report = vault.prune(new PruneOptions(
                    keeps,
                    dryRun,
                    trustClock,
                    settings.get(Keys.PACK_SIZE).intValue(),
                    settings.get(Keys.COPIES),
                    settings.treatments().usual().compression(),
                    session.output()::notice,
                    session.around().stop()::requested));
            return new Pruned(report, dryRun);
        }
    }

    private static <T> void set(Session session, Key<T> key, String option, @Nullable String text)
            throws UsageException {
        if (text == null) {
            return;
        }
        try {
            session.set(key, key.form().read(text));
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + ' ' + e.getMessage());
        }
    }

    /** What a prune did. */
    private record Pruned(PruneReport report, boolean dryRun) implements Answer {

        @Override
        public Exit exit() {
            return report.interrupted() ? Exit.INTERRUPTED : Exit.DONE;
        }

        @Override
        public void toProgram(JsonFields json) {
            json.put("versions_removed", report.versionsRemoved())
                    .put("packs_deleted", report.packsDeleted())
                    .put("bytes_freed", report.bytesFreed())
                    .put("blobs_waiting", report.blobsWaiting())
                    .put("dry_run", dryRun)
                    .put("interrupted", report.interrupted());
        }

        @Override
        public void toPeople(PrintStream text) {
            text.printf(
                    dryRun ? "would remove %s and delete %s: %s%n" : "removed %s and deleted %s: %s freed%n",
                    Lines.count(report.versionsRemoved(), "version"),
                    Lines.count(report.packsDeleted(), "pack"),
                    ByteCount.shown(report.bytesFreed()));
            if (report.blobsWaiting() > 0) {
                text.println(Lines.count(report.blobsWaiting(), "blob")
                        + (report.blobsWaiting() == 1 ? " waits" : " wait") + " to be deleted by a later prune");
            }
        }

        @Override
        public boolean isContent() {
            return dryRun;
        }
    }
}
