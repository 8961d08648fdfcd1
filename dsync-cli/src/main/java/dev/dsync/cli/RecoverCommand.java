package dev.dsync.cli;

import dev.dsync.pipeline.RecoveryReport;
import dev.dsync.vault.ConfigurationException;
import dev.dsync.vault.Vault;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import picocli.CommandLine.Command;

/** Rebuilds the catalog from targets and key. */
@Command(
        name = "recover",
        sortOptions = false,
        header = "Rebuild the catalog from targets and key, as far as it is older than what they hold.",
        description = "Needs webhooks.txt and .encryption_key in the home. Reads the catalog, not the files.",
        footerHeading = "%nExample, on a new machine:%n",
        footer = {"  dsync recover", "  dsync restore --to restored"})
final class RecoverCommand implements Task {

    @Override
    public Answer run(Session session) throws IOException {
        if (!Files.exists(session.home().keyFile(), LinkOption.NOFOLLOW_LINKS)) {
            throw new ConfigurationException("there is no key " + session.home().keyFile()
                    + ": put your copy of it there, or give 'dsync key import' a recovery sheet; without the key nothing can be"
                    + " recovered");
        }
        try (Vault vault = session.openExisting()) {
            RecoveryReport report = vault.recover();
            return new Recovered(report, session.times());
        }
    }

    /** What a recovery did. */
    private record Recovered(RecoveryReport report, Times times) implements Answer {

        @Override
        public Exit exit() {
            return Exit.DONE;
        }

        @Override
        public void toProgram(JsonFields json) {
            json.put("files", report.files())
                    .put("commits_read", report.commitsRead())
                    .put("requests", report.requests())
                    .put(
                            "commit",
                            report.newest().map(commit -> commit.sequence()).orElse(0L))
                    .put("commit_time", report.newest().map(commit -> commit.time()));
        }

        @Override
        public void toPeople(PrintStream text) {
            text.printf("the catalog holds %s", Lines.count(report.files(), "file"));
            report.newest()
                    .ifPresent(commit -> text.printf(
                            " and stands at commit %d of %s", commit.sequence(), times.shownFrom(commit.time())));
            text.println(report.commitsRead() > 0 ? "; rebuilt from the targets" : "; nothing newer was found");
        }

        @Override
        public boolean isContent() {
            return false;
        }
    }
}
