package dev.dsync.pipeline;

import java.util.List;

/**
 * What an evacuation did.
 *
 * @param packs data packs that had a copy on the target
 * @param bytes what was stored elsewhere for it
 * @param failed why packs could not be moved, a sentence each
 * @param retired whether the target is given up now; so it is once nothing lies on it alone
 */
public record EvacuationReport(long packs, long bytes, List<String> failed, boolean retired) {

    public EvacuationReport {
        failed = List.copyOf(failed);
    }
}
