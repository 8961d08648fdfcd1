package dev.dsync.cli;

import dev.dsync.catalog.Version;
import dev.dsync.catalog.Versions.Scope;
import dev.dsync.pipeline.EditReport;
import dev.dsync.source.RelativePath;
import dev.dsync.vault.Vault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Deletes files softly. */
@Command(
        name = "rm",
        sortOptions = false,
        header = "Delete files here and in the vault, so that they can come back.",
        description = {
            "Their content stays in the vault until 'dsync prune' frees it.",
            "A copy in the synced folder is removed only if it is stored just as it is and the targets still have it."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  dsync rm old.txt drafts", "  dsync rm \"*.tmp\"", "  dsync undelete old.txt    bring it back"})
final class RmCommand implements Task {

    @Parameters(
            paramLabel = "PATH|GLOB",
            arity = "1..*",
            description = "Files, folders or patterns, from the synced folder on.")
    private List<String> paths = new ArrayList<>();

    @Override
    public Answer run(Session session) throws IOException, InterruptedException {
        try (Vault vault = session.openExisting()) {
            EditReport report = vault.remove(wanted(session, vault), session.commitSettings());
            return new EditAnswer(report, "deleted", "not deleted");
        }
    }

    private Predicate<RelativePath> wanted(Session session, Vault vault) throws IOException {
        try {
            return new Selection(
                            vault.catalog(),
                            new StoredPaths(vault.catalog(), session.syncedFolder(vault)),
                            Version.UNCOMMITTED,
                            Scope.LIVE)
                    .of(paths);
        } catch (UsageException e) {
            if (e.code().equals("deleted_path")) {
                throw new UsageException(e.code(), e.getMessage().split(":", 2)[0] + " already");
            }
            throw e;
        }
    }
}
