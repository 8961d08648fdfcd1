package dev.dsync.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/** How fast something grows, looking back a few seconds. Not safe for use by many threads. */
final class Pace {

    /** Long enough to even out what comes in packs of megabytes, short enough to follow a network. */
    private static final Duration WINDOW = Duration.ofSeconds(15);

    private static final Duration LEAST = Duration.ofSeconds(1);

    private record Mark(Instant at, long done) {}

    private final InstantSource clock;
    private final Deque<Mark> marks = new ArrayDeque<>();

    Pace(InstantSource clock) {
        this.clock = clock;
        marks.add(new Mark(clock.instant(), 0));
    }

    /** How much a second, now that so much is done; empty in the first second, and while nothing moves. */
    OptionalLong perSecond(long done) {
        Instant now = clock.instant();
        marks.addLast(new Mark(now, done));
        while (marks.size() > 2 && marks.getFirst().at().isBefore(now.minus(WINDOW))) {
            marks.removeFirst();
        }
        Duration span = Duration.between(marks.getFirst().at(), now);
        long grown = done - marks.getFirst().done();
        return span.compareTo(LEAST) < 0 || grown <= 0
                ? OptionalLong.empty()
                : OptionalLong.of(Math.round(grown * 1000.0 / span.toMillis()));
    }

    /** A length of time on a line that is short of room: {@code 0:07}, {@code 12:30}, {@code 3:05:09}. */
    static String shown(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        String end = two(seconds % 60);
        return seconds < 3600 ? seconds / 60 + ":" + end : seconds / 3600 + ":" + two(seconds / 60 % 60) + ':' + end;
    }

    private static String two(long number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }
}
