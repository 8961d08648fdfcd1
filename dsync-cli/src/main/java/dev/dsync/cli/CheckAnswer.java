package dev.dsync.cli;

import dev.dsync.pipeline.CheckProblem;
import dev.dsync.pipeline.CheckReport;
import java.io.PrintStream;
import java.util.List;

/**
 * What a check found.
 *
 * @param empty whether nothing was stored before, so that there was nothing to check
 * @param repair whether it was to put right what it finds
 */
record CheckAnswer(CheckReport report, boolean empty, boolean repair) implements Answer {

    @Override
    public Exit exit() {
        if (report.interrupted()) {
            return Exit.INTERRUPTED;
        }
        return report.errors().isEmpty() ? Exit.DONE : Exit.INCOMPLETE;
    }

    @Override
    public void toProgram(JsonFields json) {
        json.put("packs_checked", report.packsChecked())
                .put("chunks_checked", report.chunksChecked())
                .list("errors", report.errors(), CheckAnswer::problem)
                .put("repaired", report.repaired())
                .seconds("seconds", report.took())
                .put("interrupted", report.interrupted());
    }

    private static void problem(CheckProblem problem, JsonFields json) {
        List<String> paths = problem.paths().stream().map(Object::toString).toList();
        json.put("kind", problem.kind().word());
        if (!paths.isEmpty()) {
            json.put("path", paths.get(0)).put("paths", paths);
        }
        problem.pack().ifPresent(pack -> json.put("pack", pack.toString()));
        problem.target().ifPresent(target -> json.put("target", target.toString()));
        json.put("detail", Redaction.of(problem.detail()));
    }

    @Override
    public void toPeople(PrintStream text) {
        for (CheckProblem problem : report.errors()) {
            text.println(problem.kind().word() + ": " + Printable.of(Redaction.of(problem.detail())));
            problem.paths().forEach(path -> text.println("    needed by " + Printable.of(path.value())));
            if (problem.paths().size() == CheckProblem.MOST_PATHS) {
                text.println("    and perhaps others");
            }
        }
        if (empty && report.errors().isEmpty()) {
            text.println("nothing is stored yet, so there is nothing to check; 'dsync sync' stores the synced folder");
            return;
        }
        text.printf(
                "%s: %s and %s checked, %s%n",
                report.errors().isEmpty()
                        ? "all well"
                        : Lines.count(report.errors().size(), "problem"),
                Lines.count(report.packsChecked(), "pack"),
                Lines.count(report.chunksChecked(), "chunk"),
                Lines.took(report.took()));
        if (report.repaired() > 0) {
            text.println(Lines.count(report.repaired(), "problem") + " put right");
        }
        if (!report.errors().isEmpty()) {
            text.println(
                    repair
                            ? "what is left needs a target that is away ('dsync targets' lists all), or a file back in"
                                    + " the synced folder"
                            : "'dsync check --repair' puts right what other copies or the synced folder still have");
        }
        if (report.interrupted()) {
            text.println("stopped before the end");
        }
    }
}
