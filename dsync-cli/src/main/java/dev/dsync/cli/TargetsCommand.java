package dev.dsync.cli;

import dev.dsync.pipeline.EvacuationReport;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetId;
import dev.dsync.storage.UnusedTargetException;
import dev.dsync.vault.ConfigurationException;
import dev.dsync.vault.Home;
import dev.dsync.vault.KeyCheck;
import dev.dsync.vault.StatusReport.State;
import dev.dsync.vault.StatusReport.TargetStatus;
import dev.dsync.vault.TargetInspection;
import dev.dsync.vault.Vault;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists the targets, or tries them out. */
@Command(
        name = "targets",
        sortOptions = false,
        header = "List the targets, those of webhooks.txt and those the vault remembers, or try them out.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  dsync targets",
            "  dsync targets test           store a little on each, read it back, delete it",
            "  dsync targets evacuate ID    move what lies there, then use it no more"
        })
final class TargetsCommand implements Task {

    @Parameters(
            index = "0",
            paramLabel = "test|evacuate",
            arity = "0..1",
            description = {
                "test: try each target that webhooks.txt names, and show its limits.",
                "evacuate: move what lies on one target to the others."
            })
    private @Nullable String action;

    @Parameters(index = "1", paramLabel = "ID", arity = "0..1", description = "The target, as the list names it.")
    private @Nullable String id;

    @Override
    public Answer run(Session session) throws IOException, InterruptedException {
        if (action == null) {
            return new Listed(list(session), session.times());
        }
        if (action.equals("evacuate")) {
            return evacuate(session);
        }
        if (!action.equals("test") || id != null) {
            throw new UsageException("targets can be listed, tested or evacuated, there is no \"" + action
                    + (id == null ? "" : " " + id) + "\"; write 'dsync targets test'");
        }
        return new TargetTestAnswer(new TargetInspection(session.builder()).test());
    }

    private Answer evacuate(Session session) throws IOException, InterruptedException {
        if (id == null) {
            throw new UsageException("say which target to evacuate: 'dsync targets' lists them with their ids");
        }
        if (!Files.exists(session.home().keyFile(), LinkOption.NOFOLLOW_LINKS)) {
            throw new ConfigurationException("there is no key " + session.home().keyFile() + ", and so no vault here");
        }
        // A line that is new names a folder that is made now, to move things there.
        try (Vault vault = session.open()) {
            session.around().stop().heed();
            EvacuationReport report = vault.evacuate(
                    target(id), session.commitSettings(), session.around().stop()::requested);
            return new EvacuationAnswer(id, report, vault.status().targets());
        }
    }

    private static TargetId target(String written) throws UsageException {
        try {
            return new TargetId(written);
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "\"" + Redaction.of(written) + "\" is no id of a target: 'dsync targets' lists them");
        }
    }

    private static List<TargetStatus> list(Session session) throws IOException {
        Home home = session.home();
        if (Files.exists(home.keyFile(), LinkOption.NOFOLLOW_LINKS)) {
            try (Vault vault = session.openReadOnly()) {
                return vault.status().targets();
            }
        }
        if (new KeyCheck(session.builder()).vaultOfHome().isPresent()) {
            throw new ConfigurationException(
                    "the key file " + home.keyFile() + " is missing, but this home has a vault: put its key back");
        }
        return new TargetInspection(session.builder())
                .look().stream().map(TargetsCommand::unused).toList();
    }

    /** A target before there is a vault. */
    private static TargetStatus unused(TargetInspection.Found found) {
        Optional<StorageException> trouble = found.trouble();
        State state =
                trouble.isEmpty() || trouble.get() instanceof UnusedTargetException ? State.UNUSED : State.UNREACHABLE;
        return new TargetStatus(
                found.id(), found.line(), state, trouble.map(Throwable::getMessage), Optional.empty(), 0, 0, 0, 0);
    }

    /** All targets, with how they are doing. */
    private record Listed(List<TargetStatus> targets, Times times) implements Answer {

        @Override
        public Exit exit() {
            return Exit.DONE;
        }

        @Override
        public void toProgram(JsonFields json) {
            json.list("targets", targets, StatusAnswer::target);
        }

        @Override
        public void toPeople(PrintStream text) {
            StatusAnswer.targets(text, targets, times);
        }
    }
}
