package dev.dsync.cli;

import dev.dsync.cli.settings.TimeSpan;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Moments as people write and read them, in the zone of a clock. */
final class Times {

    static final String WANTED = "a time such as 2026-11-20T18:00, 2026-11-20, yesterday, \"2 days ago\" or 90m";

    private static final Pattern AGO =
            Pattern.compile("([0-9]{1,6}|an?|one) (second|minute|hour|day|week|month|year)s? ago");

    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "second", ChronoUnit.SECONDS,
            "minute", ChronoUnit.MINUTES,
            "hour", ChronoUnit.HOURS,
            "day", ChronoUnit.DAYS,
            "week", ChronoUnit.WEEKS,
            "month", ChronoUnit.MONTHS,
            "year", ChronoUnit.YEARS);

    private final Clock clock;

    Times(Clock clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /**
     * Reads a moment. A day without a time means the end of that day; a length of time alone means that long ago.
     *
     * @throws UsageException if it is none
     */
    Instant parse(String text) throws UsageException {
        String words = text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        ZonedDateTime now = ZonedDateTime.now(clock);
        try {
            return word(words, now)
                    .or(() -> ago(words, now))
                    .or(() -> date(words))
                    .orElseThrow(() -> refused(text));
        } catch (DateTimeException | ArithmeticException e) {
            throw refused(text);
        }
    }

    private static UsageException refused(String text) {
        return new UsageException("\"" + text + "\" is no time; write " + WANTED);
    }

    private Optional<Instant> word(String words, ZonedDateTime now) {
        return switch (words) {
            case "now" -> Optional.of(now.toInstant());
            case "today" -> Optional.of(endOf(now.toLocalDate()));
            case "yesterday" -> Optional.of(endOf(now.toLocalDate().minusDays(1)));
            default -> Optional.empty();
        };
    }

    private static Optional<Instant> ago(String words, ZonedDateTime now) {
        Matcher ago = AGO.matcher(words);
        if (ago.matches()) {
            long count = Character.isDigit(ago.group(1).charAt(0)) ? Long.parseLong(ago.group(1)) : 1;
            return Optional.of(now.minus(count, UNITS.get(ago.group(2))).toInstant());
        }
        try {
            return Optional.of(now.toInstant().minus(TimeSpan.parse(words)));
        } catch (IllegalArgumentException e) {
            // Then it is not written as a length of time.
            return Optional.empty();
        }
    }

    /** ISO 8601, with a blank in place of the T as well. */
    private Optional<Instant> date(String words) {
        String iso = words.toUpperCase(Locale.ROOT).replace(' ', 'T');
        List<Function<String, Instant>> ways = List.of(
                Instant::parse,
                text -> OffsetDateTime.parse(text).toInstant(),
                text -> LocalDateTime.parse(text).atZone(clock.getZone()).toInstant(),
                text -> endOf(LocalDate.parse(text)));
        for (Function<String, Instant> way : ways) {
            try {
                return Optional.of(way.apply(iso));
            } catch (DateTimeException e) {
                // Then it is not written in this way.
            }
        }
        return Optional.empty();
    }

    private Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(clock.getZone()).toInstant().minusNanos(1);
    }

    /** A moment for people, to the second below. */
    String shown(Instant moment) {
        return text().of(moment);
    }

    /** For many moments. */
    TimeText text() {
        return new TimeText(
                clock instanceof LocalClock local ? local.timeZone() : TimeZone.getTimeZone(clock.getZone()));
    }

    /** A moment for people, to the second above: given back to {@link #parse}, it is not before the moment. */
    String shownFrom(Instant moment) {
        return shown(moment.plusSeconds(1).minusNanos(1));
    }
}
