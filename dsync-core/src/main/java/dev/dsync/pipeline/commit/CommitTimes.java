package dev.dsync.pipeline.commit;

import dev.dsync.catalog.CommitInfo;
import dev.dsync.catalog.Version;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * When commits were made at the latest, as far as their own times tell. A commit whose clock stood before that of one before
 * it, or ahead of now, counts as made when the next was whose clock did not; if there is none, as made now. So nothing ever
 * seems older than the commits after it allow.
 */
public final class CommitTimes {

    private final NavigableMap<Long, Instant> latest = new TreeMap<>();
    private final Instant now;

    public CommitTimes(List<CommitInfo> history, Instant now) {
        this.now = now;
        Instant highest = Instant.MIN;
        for (CommitInfo commit : history) {
            if (!commit.time().isBefore(highest) && !commit.time().isAfter(now)) {
                highest = commit.time();
                // Of commits that raced the later time is the safer.
                latest.merge(commit.sequence(), highest, (a, b) -> a.isAfter(b) ? a : b);
            }
        }
    }

    /** The latest time at which the commit with this sequence can have been made. */
    public Instant latest(long sequence) {
        if (sequence == Version.UNCOMMITTED) {
            return now;
        }
        var record = latest.ceilingEntry(sequence);
        return record == null ? now : record.getValue();
    }
}
