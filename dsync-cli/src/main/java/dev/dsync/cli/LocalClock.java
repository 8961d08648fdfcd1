package dev.dsync.cli;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.TimeZone;

/**
 * This machine's clock and time zone. Unlike {@link Clock#systemDefaultZone} it finds out the zone's rules only when they
 * are wanted: for that, Java looks through every jar of the program.
 */
final class LocalClock extends Clock {

    /** The zone, with rules that Java finds at once. */
    TimeZone timeZone() {
        return TimeZone.getDefault();
    }

    @Override
    public ZoneId getZone() {
        return ZoneId.systemDefault();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.system(zone);
    }

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant();
    }
}
