package dev.dsync.cli;

import dev.dsync.catalog.Version;
import dev.dsync.catalog.Versions.Scope;
import dev.dsync.pipeline.EditReport;
import dev.dsync.vault.Vault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Brings deleted files back. */
@Command(
        name = "undelete",
        sortOptions = false,
        header = "Bring deleted files back, here and in the vault, as they were last.",
        description = "Nothing that is in the synced folder now is replaced.",
        footerHeading = "%nExamples:%n",
        footer = {"  dsync undelete old.txt drafts", "  dsync ls --deleted        what there is to bring back"})
final class UndeleteCommand implements Task {

    @Parameters(
            paramLabel = "PATH|GLOB",
            arity = "1..*",
            description = "Files, folders or patterns, from the synced folder on.")
    private List<String> paths = new ArrayList<>();

    @Override
    public Answer run(Session session) throws IOException, InterruptedException {
        try (Vault vault = session.openExisting()) {
            var wanted = new Selection(
                            vault.catalog(),
                            new StoredPaths(vault.catalog(), session.syncedFolder(vault)),
                            Version.UNCOMMITTED,
                            Scope.WITH_DELETED)
                    .of(paths);
            session.around().stop().heed();
            EditReport report = vault.undelete(
                    wanted, session.commitSettings(), session.around().stop()::requested);
            if (report.paths().isEmpty() && report.failed().isEmpty()) {
                throw new UsageException(
                        "not_deleted", "nothing of that is deleted; 'dsync ls --deleted' shows what there is");
            }
            return new EditAnswer(report, "brought back", "not brought back");
        }
    }
}
