package dev.dsync.pipeline.tidy;

import dev.dsync.pipeline.commit.CommitTimes;
import dev.dsync.pipeline.parts.CountedTime;
import dev.dsync.pipeline.parts.VaultParts;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long ago commits were made, at one moment. Something counts as old only if it is by the times of the commits and by
 * the {@linkplain CountedTime time that was counted} since this home knew of it: neither a clock that was wrong when a
 * commit was made nor one that is wrong now makes anything older than it is.
 */
final class Ages {

    private final CommitTimes times;
    private final Instant now;
    private final CountedTime counted;
    private final boolean clockTrusted;
    private final Map<Long, Duration> ages = new TreeMap<>();
    private Duration shortBy = Duration.ZERO;

    /** @param clockTrusted whether the times of commits alone are to decide */
    Ages(VaultParts vault, Instant now, boolean clockTrusted) {
        this.times = new CommitTimes(vault.catalog().commits().history(), now);
        this.now = now;
        this.counted = new CountedTime(vault);
        this.clockTrusted = clockTrusted;
    }

    /** Whether the commit with this sequence was surely made so long ago. */
    boolean isPast(long sequence, Duration age) {
        if (times.latest(sequence).isAfter(now.minus(age))) {
            return false;
        }
        if (clockTrusted) {
            return true;
        }
        Duration surely = ages.computeIfAbsent(sequence, counted::age);
        if (surely.compareTo(age) < 0) {
            Duration lacking = age.minus(surely);
            shortBy = lacking.compareTo(shortBy) > 0 ? lacking : shortBy;
            return false;
        }
        return true;
    }

    /** How much more time must be counted until everything counts as old that the clock calls old; zero if all does. */
    Duration shortBy() {
        return shortBy;
    }
}
