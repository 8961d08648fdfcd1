package dev.dsync.cli;

import dev.dsync.cli.settings.ByteCount;
import dev.dsync.storage.Place;
import dev.dsync.storage.RateLimit;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetBlockedException;
import dev.dsync.storage.TargetGoneException;
import dev.dsync.vault.TargetInspection.Found;
import dev.dsync.vault.TargetInspection.Trial;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How each target did when it was tried: one line for each, then what to know about them together. */
record TargetTestAnswer(List<Found> targets) implements Answer {

    private static final String DISCORD = "discord";

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
        json.list("targets", targets, TargetTestAnswer::target).put("warnings", (Object) warnings());
    }

    private static void target(Found target, JsonFields json) {
        json.put("id", target.id())
                .put("kind", target.id().map(id -> id.kind()))
                .put("line", target.line())
                .put("ok", target.trouble().isEmpty())
                .put("state", target.trouble().map(TargetTestAnswer::state).orElse("active"))
                .put("why", target.trouble().map(TargetTestAnswer::message))
                .put("repeated_in", (Object) target.repeatedIn());
        target.place().ifPresent(place -> place(place, json));
        target.limits()
                .ifPresent(limits -> json.put("max_blob_bytes", limits.maxBlobBytes())
                        .put("max_blobs_per_request", limits.maxBlobsPerRequest())
                        .put("max_request_bytes", limits.maxRequestBytes()));
        json.list(
                "rate_limits",
                target.rateLimits(),
                (limit, each) -> each.put("of", limit.of())
                        .put("requests", limit.requests())
                        .seconds("seconds", limit.span()));
        target.trial()
                .ifPresent(trial -> json.seconds("put_seconds", trial.put())
                        .seconds("read_seconds", trial.read())
                        .seconds("delete_seconds", trial.delete()));
    }

    private static void place(Place place, JsonFields json) {
        json.put("account", place.account()).put("lane", place.lane());
        if (place.service().equals(DISCORD)) {
            json.put("guild", place.account()).put("channel", place.lane());
        }
    }

    private static String state(StorageException trouble) {
        if (trouble instanceof TargetGoneException) {
            return "gone";
        }
        return trouble instanceof TargetBlockedException ? "blocked" : "unreachable";
    }

    private static String message(StorageException trouble) {
        return Redaction.of(String.valueOf(trouble.getMessage()));
    }

    @Override
    public void toPeople(PrintStream text) {
        targets.forEach(target -> text.println(Printable.of(line(target))));
        warnings().forEach(warning -> text.println(Printable.of("note: " + warning)));
    }

    private static String line(Found target) {
        List<String> parts = new ArrayList<>();
        target.trial().ifPresent(trial -> parts.add("works: " + took(trial)));
        target.trouble().ifPresent(trouble -> parts.add("does not work: " + message(trouble)));
        target.place()
                .filter(place -> place.service().equals(DISCORD))
                .ifPresent(place -> parts.add("channel " + place.lane() + " of server " + place.account()));
        target.limits()
                .ifPresent(limits -> parts.add("takes files up to " + ByteCount.shown(limits.maxBlobBytes()) + ", "
                        + limits.maxBlobsPerRequest() + " files and " + ByteCount.shown(limits.maxRequestBytes())
                        + " in one request"));
        target.rateLimits().forEach(limit -> parts.add(shown(limit)));
        String name = target.id().map(Object::toString).orElse("target");
        return (target.line() > 0 ? "line " + target.line() + ": " : "") + name + ": " + String.join("; ", parts);
    }

    private static String took(Trial trial) {
        return "stored in " + Lines.took(trial.put()) + ", read in " + Lines.took(trial.read()) + ", deleted in "
                + Lines.took(trial.delete());
    }

    private static String shown(RateLimit limit) {
        return limit.requests() + " " + limit.of() + " in " + Lines.took(limit.span());
    }

    /** What one target alone does not show. */
    private List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (Found target : targets) {
            for (int line : target.repeatedIn()) {
                warnings.add("line " + line + " names the same target as line " + target.line() + "; it counts once");
            }
        }
        Map<String, List<Found>> lanes = new LinkedHashMap<>();
        targets.stream()
                .filter(target -> !target.rateLimits().isEmpty())
                .forEach(target -> target.place()
                        .ifPresent(place -> lanes.computeIfAbsent(place.lane(), lane -> new ArrayList<>())
                                .add(target)));
        lanes.forEach((lane, sharing) -> {
            if (sharing.size() > 1) {
                warnings.add("lines "
                        + sharing.stream()
                                .map(target -> String.valueOf(target.line()))
                                .collect(Collectors.joining(" and "))
                        + " share channel " + lane
                        + " and its limit: together they are no faster than one. More speed needs more channels");
            }
        });
        return warnings;
    }
}
