package dev.dsync.cli;

import dev.dsync.cli.settings.ByteCount;
import dev.dsync.vault.StatusReport;
import dev.dsync.vault.StatusReport.State;
import dev.dsync.vault.StatusReport.TargetStatus;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a vault comes to.
 *
 * @param folder the synced folder
 * @param late whether the last sync is longer ago than it may be; empty if nobody asked
 */
record StatusAnswer(StatusReport report, Path folder, Times times, Optional<Boolean> late) implements Answer {

    /** Of the list of targets. */
    private static final int COLUMNS = 5;

    /** The one of them that is a number, and so ends where the others of its kind end. */
    private static final int SIZE = 3;

    @Override
    public Exit exit() {
        return isLate() ? Exit.INCOMPLETE : Exit.DONE;
    }

    @Override
    public void toProgram(JsonFields json) {
        json.put("folder", folder.toString())
                .put("files", report.files())
                .put("deleted_files", report.deletedFiles())
                .put("logical_bytes", report.logicalBytes())
                .put("stored_bytes", report.storedBytes())
                .put("chunks", report.chunks())
                .put("chunk_bytes", report.chunkBytes())
                .put("encoded_bytes", report.encodedBytes())
                .put("packs", report.packs())
                .put("packs_lost", report.packsLost())
                .put("commit", report.newest().map(commit -> commit.sequence()).orElse(0L))
                .put("commit_time", report.newest().map(commit -> commit.time()))
                .put("last_sync", report.lastSync())
                .put("uploads_repeated", report.uploadsRepeated())
                .put("survives_loss_of_any_target", report.survivesAnyLoss())
                .list("targets", report.targets(), StatusAnswer::target);
        late.ifPresent(verdict -> json.put("late", verdict));
    }

    private boolean isLate() {
        return late.orElse(false);
    }

    static void target(TargetStatus target, JsonFields json) {
        json.put("id", target.id())
                .put("kind", target.id().map(id -> id.kind()))
                .put("line", target.line())
                .put("state", word(target.state()))
                .put("why", target.why().map(Redaction::of))
                .put("since", target.since())
                .put("packs", target.packs())
                .put("bytes", target.bytes())
                .put("packs_only_here", target.packsOnlyHere())
                .put("uploads_repeated", target.uploadsRepeated());
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void toPeople(PrintStream text) {
        text.printf(
                "%s: %s, %s; %s can come back%n",
                Printable.of(folder.toString()),
                Lines.count(report.files(), "file"),
                ByteCount.shown(report.logicalBytes()),
                Lines.count(report.deletedFiles(), "deleted file"));
        text.printf(
                "all versions: %s in %s, %s compressed%n",
                ByteCount.shown(report.chunkBytes()),
                Lines.count(report.chunks(), "distinct chunk"),
                ByteCount.shown(report.encodedBytes()));
        text.printf(
                "stored: %s in %s, all copies counted%n",
                ByteCount.shown(report.storedBytes()), Lines.count(report.packs(), "pack"));
        text.println(report.newest()
                .map(commit -> "newest commit: " + commit.sequence() + ", " + times.shownFrom(commit.time()))
                .orElse("nothing is stored yet: 'dsync sync' stores the synced folder"));
        text.println(report.lastSync()
                        .map(time -> "last sync: " + times.shownFrom(time))
                        .orElse("no sync came to its end here")
                + (isLate() ? ": longer ago than it should be" : ""));
        text.println();
        targets(text, report.targets(), times);
        if (report.uploadsRepeated() > 0) {
            text.println(Lines.count(report.uploadsRepeated(), "upload")
                    + " made again because a reply was lost; what the first tries may have left is wasted space");
        }
        long outOfReach = report.targets().stream()
                .filter(target -> target.state() == State.NOT_CONFIGURED)
                .mapToLong(TargetStatus::packsOnlyHere)
                .sum();
        if (outOfReach > 0) {
            text.println(
                    Lines.count(outOfReach, "pack") + " out of reach, on a target that no line of webhooks.txt names:"
                            + " put its line back, or store the content anew with 'dsync sync --again .'");
        }
        if (report.packs() > 0) {
            text.println(report.survivesAnyLoss() ? "survives the loss of any one target" : losses());
        }
    }

    /** A line for each target, as wide as needed, and one below it where there is more to say. */
    static void targets(PrintStream text, List<TargetStatus> targets, Times times) {
        List<List<String>> rows = targets.stream().map(StatusAnswer::row).toList();
        int[] widths = new int[COLUMNS];
        rows.forEach(row -> Arrays.setAll(
                widths, column -> Math.max(widths[column], row.get(column).length())));
        for (int i = 0; i < rows.size(); i++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < COLUMNS; column++) {
                String cell = rows.get(i).get(column);
                String gap = " ".repeat(widths[column] - cell.length());
                line.append(column == 0 ? "" : "  ").append(column == SIZE ? gap + cell : cell + gap);
            }
            text.println(line.toString().stripTrailing());
            explain(text, targets.get(i), times);
        }
    }

    private static List<String> row(TargetStatus target) {
        return List.of(
                target.id().map(Object::toString).orElse("line " + target.line()),
                word(target.state()).replace('_', ' '),
                Lines.count(target.packs(), "pack"),
                ByteCount.shown(target.bytes()),
                target.line() > 0 && target.id().isPresent() ? "line " + target.line() : "");
    }

    private static void explain(PrintStream text, TargetStatus target, Times times) {
        String since =
                target.since().map(time -> "found " + times.shownFrom(time)).orElse("");
        String why = target.why().map(Redaction::of).orElse("");
        String both = since + (since.isEmpty() || why.isEmpty() ? "" : ": ") + why;
        if (!both.isEmpty()) {
            text.println("    " + Printable.of(both));
        }
    }

    private String losses() {
        if (report.packsLost() > 0) {
            return Lines.count(report.packsLost(), "pack")
                    + " lost: on targets that are gone for good, and on no other. 'dsync sync' stores again what the synced"
                    + " folder still has, as soon as webhooks.txt names a target that works";
        }
        List<String> losses = report.targets().stream()
                .filter(target -> target.packsOnlyHere() > 0)
                .map(target -> Lines.count(target.packsOnlyHere(), "pack") + " only on "
                        + target.id().map(Object::toString).orElse("line " + target.line()))
                .toList();
        return "does not survive the loss of any one target: " + String.join(", ", losses);
    }
}
