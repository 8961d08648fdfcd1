package dev.dsync.pipeline;

import java.time.Duration;

/**
 * What a prune leaves alone. The newest version of a path that exists always stays.
 *
 * @param deleted how long a deleted path can come back; after that it goes with all its versions
 * @param versions so many of the newest versions of a path stay, however old; at least 1
 * @param within every state of the last so long can be seen, but for paths that were deleted longer ago than
 *     {@code deleted}
 */
public record Keeps(Duration deleted, int versions, Duration within) {

    public Keeps {
        if (deleted.isNegative() || within.isNegative() || versions < 1) {
            throw new IllegalArgumentException("nothing can be kept for " + deleted + ", in " + versions
                    + " versions, within " + within + ": give lengths of time and at least 1 version");
        }
    }
}
