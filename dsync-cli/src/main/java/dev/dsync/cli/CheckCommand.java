package dev.dsync.cli;

import dev.dsync.pipeline.CheckOptions;
import dev.dsync.pipeline.SyncOptions;
import dev.dsync.vault.Vault;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Verifies a vault. */
@Command(
        name = "check",
        sortOptions = false,
        header = "Verify that everything is still there and whole.",
        description = "Asks every target for its packs. Ends with status 1 if anything is wrong.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  dsync check",
            "  dsync check --read-data       fetch and verify all content too",
            "  dsync check --read-data=5%%    ... of five packs in a hundred",
            "  dsync check --repair          put right what can be"
        })
final class CheckCommand implements Task {

    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3})%?");

    @Option(
            names = "--read-data",
            paramLabel = "N%",
            arity = "0..1",
            fallbackValue = "100%",
            description = "Fetch and verify content as well: all of it, or of N packs in a hundred.")
    private @Nullable String readData;

    @Option(names = "--repair", description = "Put right what is wrong: from good copies, and from the synced folder.")
    private boolean repair;

    @Override
    public Answer run(Session session) throws IOException, InterruptedException {
        SyncOptions storing = SyncCommand.storing(session).build();
        CheckOptions options = new CheckOptions(percent(), session.around().stop()::requested, storing.copies());
        CheckWatch watch = new CheckWatch(session.output(), session.around().clock());
        try (Vault vault = repair ? session.openExisting() : session.openToRead()) {
            session.around().stop().heed();
            boolean empty = vault.catalog().commits().head().isEmpty();
            return new CheckAnswer(
                    repair ? vault.repair(options, storing, watch) : vault.check(options, watch), empty, repair);
        }
    }

    private int percent() throws UsageException {
        if (readData == null) {
            return 0;
        }
        Matcher written = PERCENT.matcher(readData);
        if (!written.matches() || Integer.parseInt(written.group(1)) > 100) {
            throw new UsageException("--read-data takes 0% to 100%, found \"" + readData + '"');
        }
        return Integer.parseInt(written.group(1));
    }
}
