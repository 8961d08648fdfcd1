package dev.dsync.cli;

import dev.dsync.pipeline.ImportReport;
import dev.dsync.source.FileFailure;
import dev.dsync.storage.TargetId;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an import did. */
record ImportAnswer(ImportReport report, ImportedFiles source) implements Answer {

    private List<FileFailure> skipped() {
        return Stream.concat(source.skipped().stream(), report.skipped().stream())
                .toList();
    }

    @Override
    public Exit exit() {
        return skipped().isEmpty() ? Exit.DONE : Exit.INCOMPLETE;
    }

    @Override
    public void toProgram(JsonFields json) {
        json.put("files", report.files())
                .put("unchanged", report.unchanged())
                .put("in_packs", source.inPacks())
                .put("without_message_id", source.withoutMessageId())
                .failures("skipped", skipped())
                .failures("expired", source.expired())
                .put("unknown_targets", List.copyOf(source.unknownTargets()));
    }

    @Override
    public void toPeople(PrintStream text) {
        text.printf("adopted %s, %d had been before%n", Lines.count(report.files(), "file"), report.unchanged());
        if (source.inPacks() > 0) {
            text.printf(
                    "%s of dsync's own lie in packs: 'dsync recover' brings such files back, not an import%n",
                    Lines.count(source.inPacks(), "file"));
        }
        if (source.withoutMessageId() > 0) {
            text.printf(
                    "%s can be read only until its links end, a day after they were made: --upload-log makes it lasting%n",
                    Lines.count(source.withoutMessageId(), "file"));
        }
        Lines.failures(text, "is not imported", skipped());
        Lines.failures(text, "cannot be read any more", source.expired());
        if (!source.unknownTargets().isEmpty()) {
            text.println("out of reach until webhooks.txt has a line for them: "
                    + source.unknownTargets().stream().map(TargetId::value).collect(Collectors.joining(", ")));
        }
    }

    @Override
    public boolean isContent() {
        return false;
    }
}
