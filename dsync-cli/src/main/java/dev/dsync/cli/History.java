package dev.dsync.cli;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.CommitInfo;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.WriterId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The commits of a vault, to go from times to states and back. */
final class History {

    private record Made(long sequence, WriterId writer) {}

    private final List<CommitInfo> commits;
    private final Map<Made, Instant> times = new HashMap<>();
    private final Times clock;

    History(Catalog catalog, Times clock) {
        this.commits = catalog.commits().history();
        this.clock = clock;
        commits.forEach(commit -> times.put(new Made(commit.sequence(), commit.writer()), commit.time()));
    }

    /**
     * The state that a time of the command line means: that of the newest commit at or before it; without a time, the
     * state of now.
     *
     * @throws UsageException if it is no time, or the vault is younger
     */
    long sequence(@Nullable String at) throws UsageException {
        if (at == null) {
            return Version.UNCOMMITTED;
        }
        Instant time = clock.parse(at);
        return commits.stream()
                .filter(commit -> !commit.time().isAfter(time))
                .mapToLong(CommitInfo::sequence)
                .max()
                .orElseThrow(() -> tooEarly(time));
    }

    private UsageException tooEarly(Instant time) {
        Optional<Instant> first = commits.stream().map(CommitInfo::time).min(Comparator.naturalOrder());
        return new UsageException(
                "too_early",
                "there is no state as old as " + clock.shown(time) + ": "
                        + first.map(instant -> "the first is of " + clock.shownFrom(instant))
                                .orElse("nothing is stored yet"));
    }

    /** When a version became part of the vault; now, if no commit carries it yet. */
    Instant from(Version version) {
        Instant exact = times.get(new Made(version.sequence(), version.writer()));
        if (exact != null) {
            return exact;
        }
        // A version that was set aside in a fork carries the sequence of the commit that joined the two.
        return commits.stream()
                .filter(commit -> commit.sequence() == version.sequence())
                .map(CommitInfo::time)
                .findFirst()
                .orElseGet(clock::now);
    }
}
