package dev.dsync.cli;

import dev.dsync.cli.settings.ByteCount;
import dev.dsync.pipeline.RestoreReport;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * What a restore did.
 *
 * @param to where it restored to
 * @param dryRun whether it only told what it would do
 */
record RestoreAnswer(RestoreReport report, Path to, boolean dryRun) implements Answer {

    @Override
    public Exit exit() {
        if (report.interrupted()) {
            return Exit.INTERRUPTED;
        }
        return report.failed().isEmpty() ? Exit.DONE : Exit.INCOMPLETE;
    }

    @Override
    public void toProgram(JsonFields json) {
        json.put("to", to.toString())
                .put("restored", report.restored())
                .put("skipped", report.skipped())
                .put("bytes", report.bytes())
                .failures("failed", report.failed())
                .failures("kept", report.kept())
                .seconds("seconds", report.took())
                .put("dry_run", dryRun)
                .put("interrupted", report.interrupted());
    }

    @Override
    public void toPeople(PrintStream text) {
        if (dryRun) {
            text.printf(
                    "would restore %s to %s, %d left alone%n",
                    Lines.count(report.restored(), "file"), to, report.skipped());
        } else {
            text.printf(
                    "restored %s to %s, %s, %s; %d left alone%n",
                    Lines.count(report.restored(), "file"),
                    to,
                    ByteCount.shown(report.bytes()),
                    Lines.took(report.took()),
                    report.skipped());
        }
        Lines.failures(text, "could not be restored", report.failed());
        Lines.failures(text, "left as it is", report.kept());
        if (report.interrupted()) {
            text.println("stopped before the end; the same command goes on from there");
        }
    }

    @Override
    public boolean isContent() {
        return false;
    }
}
