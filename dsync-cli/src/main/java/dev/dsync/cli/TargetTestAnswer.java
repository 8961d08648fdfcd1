package dev.dsync.cli;

import dev.dsync.cli.settings.ByteCount;
import dev.dsync.vault.TargetInspection.Found;
import java.io.PrintStream;
import java.util.List;

/** How each target did when it was tried. */
record TargetTestAnswer(List<Found> targets) implements Answer {

    @Override
    public Exit exit() {
        long failed =
                targets.stream().filter(target -> target.trouble().isPresent()).count();
        if (failed == 0) {
            return Exit.DONE;
        }
        return failed == targets.size() ? Exit.OUT_OF_REACH : Exit.INCOMPLETE;
    }

    @Override
    public void toProgram(JsonFields json) {
        json.list("targets", targets, TargetTestAnswer::target);
    }

    private static void target(Found target, JsonFields json) {
        json.put("id", target.id())
                .put("kind", target.id().map(id -> id.kind()))
                .put("line", target.line())
                .put("ok", target.trouble().isEmpty())
                .put("state", target.trouble().isPresent() ? "unreachable" : "active")
                .put("why", target.trouble().map(trouble -> Redaction.of(String.valueOf(trouble.getMessage()))));
        target.place().ifPresent(place -> json.put("account", place.account()).put("lane", place.lane()));
        target.limits()
                .ifPresent(limits -> json.put("max_blob_bytes", limits.maxBlobBytes())
                        .put("max_blobs_per_request", limits.maxBlobsPerRequest())
                        .put("max_request_bytes", limits.maxRequestBytes()));
        target.trial()
                .ifPresent(trial -> json.seconds("put_seconds", trial.put())
                        .seconds("read_seconds", trial.read())
                        .seconds("delete_seconds", trial.delete()));
    }

    @Override
    public void toPeople(PrintStream text) {
        for (Found target : targets) {
            String name = target.id().map(Object::toString).orElse("line " + target.line());
            target.trouble()
                    .ifPresent(trouble -> text.println(
                            name + ": " + Printable.of(Redaction.of(String.valueOf(trouble.getMessage())))));
            target.trial()
                    .ifPresent(trial -> text.printf(
                            "%s: works; stored in %s, read in %s, deleted in %s%n",
                            name, Lines.took(trial.put()), Lines.took(trial.read()), Lines.took(trial.delete())));
            target.limits()
                    .ifPresent(limits -> text.printf(
                            "    takes blobs up to %s, %d blobs and %s in one request%n",
                            ByteCount.shown(limits.maxBlobBytes()),
                            limits.maxBlobsPerRequest(),
                            ByteCount.shown(limits.maxRequestBytes())));
        }
    }
}
