package dev.dsync.cli.settings;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write and read them: {@code 0s}, {@code 90m}, {@code 30d}. */
public final class TimeSpan {

    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,9})(s|m|h|d|w)");

    private record Unit(String name, long seconds) {}

    private static final List<Unit> UNITS = List.of(
            new Unit("w", 604_800), new Unit("d", 86_400), new Unit("h", 3_600), new Unit("m", 60), new Unit("s", 1));

    private TimeSpan() {}

    /**
     * Reads a number and its unit: s, m, h, d or w.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static Duration parse(String text) {
        Matcher written = WRITTEN.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!written.matches()) {
            throw new IllegalArgumentException("not a length of time such as 90m: " + text);
        }
        String name = written.group(2);
        long seconds = UNITS.stream()
                .filter(unit -> unit.name().equals(name))
                .findFirst()
                .orElseThrow()
                .seconds();
        return Duration.ofSeconds(Math.multiplyExact(Long.parseLong(written.group(1)), seconds));
    }

    /** The shortest text that {@link #parse} reads as this; weeks are shown as days. */
    public static String shown(Duration time) {
        long seconds = time.toSeconds();
        for (Unit unit : UNITS.subList(1, UNITS.size())) {
            if (seconds != 0 && seconds % unit.seconds() == 0) {
                return seconds / unit.seconds() + unit.name();
            }
        }
        return seconds + "s";
    }
}
