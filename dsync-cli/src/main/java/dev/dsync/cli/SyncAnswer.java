package dev.dsync.cli;

import dev.dsync.cli.settings.ByteCount;
import dev.dsync.pipeline.SyncReport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a sync did.
 *
 * @param folder what was synced
 * @param dryRun whether it only told what it would do
 * @param gains what it came to, if it did anything
 */
record SyncAnswer(SyncReport report, Path folder, boolean dryRun, Optional<Gains> gains) implements Answer {

    SyncAnswer(SyncReport report, Path folder, boolean dryRun) {
        this(report, folder, dryRun, Optional.empty());
    }

    @Override
    public Exit exit() {
        if (report.interrupted()) {
            return Exit.INTERRUPTED;
        }
        return report.failed().isEmpty() ? Exit.DONE : Exit.INCOMPLETE;
    }

    @Override
    public void toProgram(JsonFields json) {
        json.put("folder", folder.toString())
                .put("added", report.added())
                .put("changed", report.changed())
                .put("deleted", report.deleted())
                .put("unchanged", report.unchanged())
                .failures("failed", report.failed())
                .failures("skipped", report.skipped())
                .put("bytes_read", report.bytesRead())
                .put("bytes_stored", report.bytesStored())
                .put("packs", report.packs())
                .put("requests", report.requests())
                .seconds("seconds", report.took())
                .put("dry_run", dryRun)
                .put("interrupted", report.interrupted());
    }

    @Override
    public void toPeople(PrintStream text) {
        text.printf(
                "%s: %s%d added, %d changed, %d deleted, %d unchanged%s%n",
                Printable.of(folder.toString()),
                dryRun ? "would be " : "",
                report.added(),
                report.changed(),
                report.deleted(),
                report.unchanged(),
                report.failed().isEmpty() ? "" : ", " + report.failed().size() + " failed");
        if (!dryRun) {
            stored(text);
        }
        Lines.failures(text, "could not be read", report.failed());
        Lines.failures(text, "is not kept", report.skipped());
        if (report.interrupted()) {
            text.println("stopped before the end; what is stored so far is safe, the next sync goes on from there");
        }
    }

    private void stored(PrintStream text) {
        if (report.bytesStored() == 0) {
            text.println("nothing to store, " + Lines.took(report.took()));
            return;
        }
        text.printf(
                "read %s%s%n",
                ByteCount.shown(report.bytesRead()),
                gains.map(all -> ": " + all.saved(report.bytesRead())).orElse(""));
        text.printf(
                "stored %s in %s, with catalog and copies; %s, %s%n",
                ByteCount.shown(report.bytesStored()),
                Lines.count(report.packs(), "pack"),
                Lines.count(report.requests(), "request"),
                Lines.took(report.took()));
        gains.filter(all -> !all.targets().isEmpty())
                .ifPresent(all -> text.println("it lies on " + String.join(", ", all.targets())));
    }

    @Override
    public boolean isContent() {
        return false;
    }
}
