package dev.dsync.pipeline;

import java.time.Duration;
import java.util.List;

/**
 * What a check found.
 *
 * @param packsChecked packs looked at, of data and of the catalog; each once, however many copies it has
 * @param chunksChecked chunks read, decoded and compared with their ids; a chunk read from two copies counts twice
 * @param errors what is wrong; after a repair, what is left of it
 * @param repaired problems put right, and packs that got copies they lacked
 * @param took how long it took
 * @param interrupted whether it was asked to stop before the end
 */
public record CheckReport(
        long packsChecked,
        long chunksChecked,
        List<CheckProblem> errors,
        long repaired,
        Duration took,
        boolean interrupted) {

    public CheckReport {
        errors = List.copyOf(errors);
    }
}
