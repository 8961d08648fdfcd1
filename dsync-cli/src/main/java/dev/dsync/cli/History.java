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
import org.jspecify.annotations.Nullable;

/** The commits of a vault, to go from times to states and back. */
final class History {

    private record Made(long sequence, WriterId writer) {}

    private final Catalog catalog;
    private final List<CommitInfo> commits;
    private final Map<Made, Instant> times = new HashMap<>();
    private final Times clock;

    History(Catalog catalog, Times clock) {
        this.catalog = catalog;
        this.commits = catalog.commits().history();
        this.clock = clock;
        commits.forEach(commit -> times.put(new Made(commit.sequence(), commit.writer()), commit.time()));
    }

    /**
     * The state that a time of the command line means: that of the newest commit at or before it; without a time, the
     * state of now.
     *
     * @throws UsageException if it is no time, or nothing is kept from then: the vault is younger, or all of it was freed
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
                .stream()
                .filter(this::isKept)
                .findFirst()
                .orElseThrow(() -> nothingKept(time));
    }

    /** What is now may well be nothing; if there was nothing before, it was freed, or there never was. */
    private boolean isKept(long sequence) {
        return commits.stream().allMatch(commit -> commit.sequence() <= sequence)
                || catalog.versions().reachBackTo(sequence);
    }

    private UsageException nothingKept(Instant time) {
        String oldest = commits.isEmpty()
                ? "nothing is stored yet"
                : catalog.versions().oldest().stream()
                        .boxed()
                        .flatMap(sequence -> commits.stream().filter(commit -> commit.sequence() == sequence))
                        .map(CommitInfo::time)
                        .min(Comparator.naturalOrder())
                        .map(kept -> "the oldest state kept is of " + clock.shownFrom(kept)
                                + ". Give that time or a later one with --at")
                        .orElse("the vault holds no file now, nor any that was deleted");
        return new UsageException("too_early", "nothing is kept from " + clock.shown(time) + ": " + oldest);
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
