package dev.dsync.cli;

import dev.dsync.pipeline.EditReport;
import java.io.PrintStream;

/**
 * What was removed or brought back.
 *
 * @param done what happened to the paths, in a word or two
 * @param undone what did not happen to the others
 */
record EditAnswer(EditReport report, String done, String undone) implements Answer {

    @Override
    public Exit exit() {
        return report.failed().isEmpty() ? Exit.DONE : Exit.INCOMPLETE;
    }

    @Override
    public void toProgram(JsonFields json) {
        json.put("paths", (Object) report.paths()).failures("failed", report.failed());
    }

    @Override
    public void toPeople(PrintStream text) {
        report.paths().forEach(path -> text.println(done + ' ' + Printable.of(path.value())));
        Lines.failures(text, undone, report.failed());
    }

    @Override
    public boolean isContent() {
        return false;
    }
}
