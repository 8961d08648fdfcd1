package dev.dsync.cli;

import dev.dsync.discord.Attachments;
import dev.dsync.metadata.DamagedJsonException;
import dev.dsync.metadata.OriginalFiles;
import dev.dsync.metadata.UploadLog;
import dev.dsync.pipeline.ImportReport;
import dev.dsync.pipeline.SyncOptions;
import dev.dsync.storage.TargetId;
import dev.dsync.vault.ConfigurationException;
import dev.dsync.vault.StatusReport.State;
import dev.dsync.vault.StatusReport.TargetStatus;
import dev.dsync.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adopts what the original d-sync uploaded. */
@Command(
        name = "import",
        sortOptions = false,
        header = "Adopt what the original d-sync uploaded, without uploading it again.",
        description = {
            "The home needs the original's .encryption_key and webhooks.txt. Importing again changes nothing but what the"
                    + " original stored meanwhile.",
            "A link to an attachment ends after a day. A fresh one is given only for a message that is known: which"
                    + " message it was stands in the original's logs/upload.log."
        },
        footerHeading = "%nExample:%n",
        footer = "  dsync import files.json --upload-log logs/upload.log")
final class ImportCommand implements Task {

    @Parameters(paramLabel = "FILES_JSON", description = "The original's files.json.")
    private String files = "";

    @Option(names = "--upload-log", paramLabel = "FILE", description = "The original's logs/upload.log.")
    private @Nullable String uploadLog;

    @Override
    public Answer run(Session session) throws IOException, InterruptedException {
        Path json = existing(session, files);
        UploadLog log = uploadLog == null ? UploadLog.empty() : UploadLog.read(existing(session, uploadLog));
        OriginalFiles original =
                new OriginalFiles(json, session.around().clock().getZone());
        if (!Files.exists(session.home().keyFile(), LinkOption.NOFOLLOW_LINKS)) {
            throw new ConfigurationException("there is no key " + session.home().keyFile()
                    + ": put the original's .encryption_key there; what it encrypted can be read with no other");
        }
        try (Vault vault = session.open()) {
            ImportedFiles imported = new ImportedFiles(
                    original, log, targets(vault), session.around().clock().instant());
            session.around().stop().heed();
            ImportReport report = vault.adopt(imported, SyncOptions.standard(), Attachments::isLasting);
            return new ImportAnswer(report, imported);
        } catch (DamagedJsonException e) {
            throw new ConfigurationException(Objects.requireNonNull(e.getMessage()), e);
        }
    }

    private static Path existing(Session session, String written) throws IOException {
        Path path = session.path(written);
        if (!Files.isRegularFile(path)) {
            throw new UsageException("there is no file " + path);
        }
        return path;
    }

    private static Set<TargetId> targets(Vault vault) {
        Set<State> withLine = EnumSet.of(State.ACTIVE, State.UNREACHABLE);
        return vault.status().targets().stream()
                .filter(target -> withLine.contains(target.state()))
                .map(TargetStatus::id)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }
}
