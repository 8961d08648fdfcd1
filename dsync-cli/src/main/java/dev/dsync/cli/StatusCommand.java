package dev.dsync.cli;

import dev.dsync.catalog.CommitInfo;
import dev.dsync.cli.settings.TimeSpan;
import dev.dsync.vault.StatusReport;
import dev.dsync.vault.Vault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what the vault comes to. */
@Command(
        name = "status",
        sortOptions = false,
        header = "Show totals, savings, targets, and what the vault survives. Asks no target.",
        footerHeading = "%nExamples:%n",
        footer = {"  dsync status", "  dsync --json status", "  dsync status --synced-within 15m    for a health check"
        })
final class StatusCommand implements PlainTask {

    @Option(
            names = "--synced-within",
            paramLabel = "TIME",
            description =
                    "End with 1 if no sync came to its end, or committed, within the last so long, such as 15m, 2h, 1d.")
    private @Nullable String syncedWithin;

    @Override
    public Answer run(Session session) throws IOException {
        Optional<Duration> within = within();
        try (Vault vault = session.openReadOnly()) {
            StatusReport report = vault.status();
            Instant now = session.around().clock().instant();
            return new StatusAnswer(
                    report,
                    session.syncedFolder(vault),
                    session.times(),
                    within.map(time -> isLate(report, now.minus(time))));
        }
    }

    private Optional<Duration> within() throws UsageException {
        try {
            return Optional.ofNullable(syncedWithin).map(TimeSpan::parse);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--synced-within " + e.getMessage());
        }
    }

    /** A long sync commits now and then, and so shows that it goes on. */
    private static boolean isLate(StatusReport report, Instant since) {
        Stream<Instant> signs =
                Stream.concat(report.lastSync().stream(), report.newest().map(CommitInfo::time).stream());
        return signs.noneMatch(sign -> !sign.isBefore(since));
    }
}
