package dev.dsync.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.TimeZone;

/**
 * Moments as people of one place read them: {@code 2026-11-20T18:00:30+01:00}, to the second below. For one thread.
 *
 * <p>A list of many files shows many moments: a DateTimeFormatter takes twenty times as long.
 */
final class TimeText {

    private static final int SECONDS_PER_DAY = 24 * 60 * 60;
    private static final int SECONDS_PER_HOUR = 60 * 60;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final long MILLIS_PER_SECOND = 1000;
    private static final int NANOS_PER_SECOND = 1_000_000_000;

    /** Days remembered at most, some decades of them. */
    private static final int MOST_DAYS = 20_000;

    private final TimeZone zone;
    private final Map<Long, String> days = new HashMap<>();
    private int offsetSeconds;
    private String offset = ZoneOffset.UTC.toString();

    TimeText(TimeZone zone) {
        this.zone = zone;
    }

    /** As in Greenwich. */
    static TimeText utc() {
        return new TimeText(TimeZone.getTimeZone("UTC"));
    }

    String of(Instant moment) {
        StringBuilder text = new StringBuilder();
        append(text, moment);
        return text.toString();
    }

    void append(StringBuilder text, Instant moment) {
        long seconds = moment.getEpochSecond();
        long local = seconds + offsetSeconds(seconds);
        int ofDay = (int) Math.floorMod(local, (long) SECONDS_PER_DAY);
        text.append(day(Math.floorDiv(local, SECONDS_PER_DAY))).append('T');
        two(text, ofDay / SECONDS_PER_HOUR);
        two(text.append(':'), ofDay / SECONDS_PER_MINUTE % SECONDS_PER_MINUTE);
        two(text.append(':'), ofDay % SECONDS_PER_MINUTE);
        text.append(offset);
    }

    /** As {@link Instant#toString}, to the nanosecond; of a text for UTC. */
    String exact(Instant moment) {
        StringBuilder text = new StringBuilder();
        append(text, moment);
        int nanos = moment.getNano();
        if (nanos != 0) {
            String digits = String.valueOf(NANOS_PER_SECOND + nanos).substring(1);
            int shown = nanos % 1_000_000 == 0 ? 3 : nanos % 1000 == 0 ? 6 : digits.length();
            text.insert(text.length() - 1, '.').insert(text.length() - 1, digits.substring(0, shown));
        }
        return text.toString();
    }

    private int offsetSeconds(long seconds) {
        long millis =
                Math.max(Long.MIN_VALUE / MILLIS_PER_SECOND, Math.min(Long.MAX_VALUE / MILLIS_PER_SECOND, seconds))
                        * MILLIS_PER_SECOND;
        int found = (int) (zone.getOffset(millis) / MILLIS_PER_SECOND);
        if (found != offsetSeconds) {
            offsetSeconds = found;
            offset = ZoneOffset.ofTotalSeconds(found).toString();
        }
        return found;
    }

    private String day(long number) {
        String day = days.get(number);
        if (day == null) {
            day = LocalDate.ofEpochDay(number).toString();
            if (days.size() < MOST_DAYS) {
                days.put(number, day);
            }
        }
        return day;
    }

    private static void two(StringBuilder text, int number) {
        text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
