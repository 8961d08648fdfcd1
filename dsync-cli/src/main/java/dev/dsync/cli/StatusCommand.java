package dev.dsync.cli;

import dev.dsync.vault.Vault;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Shows what the vault comes to. */
@Command(
        name = "status",
        sortOptions = false,
        header = "Show totals, savings, targets, and what the vault survives. Asks no target.",
        footerHeading = "%nExamples:%n",
        footer = {"  dsync status", "  dsync --json status"})
final class StatusCommand implements Task {

    @Override
    public Answer run(Session session) throws IOException {
        try (Vault vault = session.openReadOnly()) {
            return new StatusAnswer(vault.status(), session.syncedFolder(vault), session.times());
        }
    }
}
