package dev.dsync.cli;

import dev.dsync.cli.settings.ByteCount;
import dev.dsync.pipeline.EvacuationReport;
import dev.dsync.vault.StatusReport.TargetStatus;
import java.io.PrintStream;
import java.util.List;

/**
 * What an evacuation did.
 *
 * @param id the target
 * @param targets all targets afterwards
 */
record EvacuationAnswer(String id, EvacuationReport report, List<TargetStatus> targets) implements Answer {

    @Override
    public Exit exit() {
        if (report.retired()) {
            return Exit.DONE;
        }
        return report.failed().isEmpty() ? Exit.INTERRUPTED : Exit.INCOMPLETE;
    }

    @Override
    public void toProgram(JsonFields json) {
        json.put("packs", report.packs())
                .put("bytes", report.bytes())
                .put("retired", report.retired())
                .put("errors", (Object) report.failed())
                .list("targets", targets, StatusAnswer::target);
    }

    @Override
    public void toPeople(PrintStream text) {
        text.printf(
                "%s had %s; stored %s elsewhere%n",
                id, Lines.count(report.packs(), "pack"), ByteCount.shown(report.bytes()));
        report.failed().forEach(reason -> text.println(Redaction.of(reason)));
        text.println(
                report.retired()
                        ? "nothing lies on " + id + " alone any more: take its line out of webhooks.txt"
                        : id + " stays in use until all of it is moved: run this again");
    }

    @Override
    public boolean isContent() {
        return false;
    }
}
