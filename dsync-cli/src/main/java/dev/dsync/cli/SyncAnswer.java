package dev.dsync.cli;

import dev.dsync.cli.settings.ByteCount;
import dev.dsync.pipeline.SyncReport;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * What a sync did.
 *
 * @param folder what was synced
 * @param dryRun whether it only told what it would do
 */
record SyncAnswer(SyncReport report, Path folder, boolean dryRun) implements Answer {

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
                "%s%d added, %d changed, %d deleted, %d unchanged%n",
                dryRun ? "would be: " : "", report.added(), report.changed(), report.deleted(), report.unchanged());
        if (!dryRun) {
            text.printf(
                    "read %s, stored %s in %s, %s%n",
                    ByteCount.shown(report.bytesRead()),
                    ByteCount.shown(report.bytesStored()),
                    Lines.count(report.packs(), "pack"),
                    Lines.took(report.took()));
        }
        Lines.failures(text, "could not be read", report.failed());
        Lines.failures(text, "is not kept", report.skipped());
        if (report.interrupted()) {
            text.println("stopped before the end; what is stored so far is safe, the next sync goes on from there");
        }
    }

    @Override
    public boolean isContent() {
        return false;
    }
}
