package dev.dsync.cli;

import dev.dsync.catalog.Versions.Scope;
import dev.dsync.pipeline.Overwrite;
import dev.dsync.pipeline.RestoreOptions;
import dev.dsync.pipeline.RestoreReport;
import dev.dsync.source.RelativePath;
import dev.dsync.vault.Vault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings files back. */
@Command(
        name = "restore",
        sortOptions = false,
        header = "Bring files back, into the synced folder or beside it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  dsync restore --to restored           everything, beside the originals",
            "  dsync restore notes.txt photos        a file and a folder",
            "  dsync restore \"*.md\" --at yesterday   Markdown as it was when yesterday ended"
        })
final class RestoreCommand implements Task {

    @Parameters(
            paramLabel = "PATH|GLOB",
            arity = "0..*",
            description = {
                "Files, folders or patterns, from the synced folder on; everything if none is given.",
                "A pattern without / matches names at any depth."
            })
    private List<String> paths = new ArrayList<>();

    @Option(names = "--to", paramLabel = "DIR", description = "Restore into this folder instead of the synced folder.")
    private @Nullable String to;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "As it was then: 2026-11-20T18:00, 2026-11-20 (its end), yesterday, \"2 days ago\", 36h.")
    private @Nullable String at;

    @Option(
            names = "--overwrite",
            paramLabel = "never|changed|always",
            description =
                    "Which files already there are replaced. changed, the default: those that differ and are not newer.")
    private String overwrite = "changed";

    @Option(names = "--include-deleted", description = "Deleted files too, as they were last.")
    private boolean includeDeleted;

    @Option(names = "--dry-run", description = "Tell what would be done and do nothing.")
    private boolean dryRun;

    @Override
    public Answer run(Session session) throws IOException, InterruptedException {
        Overwrite replace = overwrite();
        try (Vault vault = session.openToRead()) {
            if (vault.catalog().commits().head().isEmpty()
                    && vault.catalog().versions().totals().files() == 0) {
                throw new UsageException("empty_vault", "nothing is stored yet, so there is nothing to restore");
            }
            Path synced = session.syncedFolder(vault);
            long sequence = new History(vault.catalog(), session.times()).sequence(at);
            Predicate<RelativePath> wanted = new Selection(
                            vault.catalog(),
                            new StoredPaths(vault.catalog(), synced),
                            sequence,
                            includeDeleted ? Scope.WITH_DELETED : Scope.LIVE)
                    .of(paths);
            Path target = to == null ? synced : session.path(to);
            session.around().stop().heed();
            RestoreReport report = vault.restore(
                    new RestoreOptions(
                            wanted,
                            target,
                            sequence,
                            replace,
                            includeDeleted,
                            dryRun,
                            session.around().stop()::requested),
                    new RestoreWatch(session.output(), session.around().clock()));
            return new RestoreAnswer(report, target, dryRun);
        }
    }

    private Overwrite overwrite() throws UsageException {
        try {
            return Overwrite.valueOf(overwrite.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--overwrite must be never, changed or always, found \"" + overwrite + '"');
        }
    }
}
