package dev.dsync.cli.settings;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as people write and read them. */
public final class ByteCount {

    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,3})?) ?([kmgt]?i?b?)");

    private static final Map<String, Long> UNITS = Map.of(
            "", 1L,
            "b", 1L,
            "kb", 1_000L,
            "mb", 1_000_000L,
            "gb", 1_000_000_000L,
            "tb", 1_000_000_000_000L,
            "kib", 1L << 10,
            "mib", 1L << 20,
            "gib", 1L << 30,
            "tib", 1L << 40);

    private static final List<String> SHOWN = List.of("KiB", "MiB", "GiB", "TiB", "PiB", "EiB");

    private ByteCount() {}

    /**
     * Reads a number of bytes: {@code 8732672}, {@code 8 MiB}, {@code 1.5GB}; of a letter alone, {@code 8M}, powers of
     * 1024.
     *
     * @throws IllegalArgumentException if it is none
     */
    static long parse(String text) {
        Matcher written = WRITTEN.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!written.matches()) {
            throw new IllegalArgumentException("not a number of bytes: " + text);
        }
        String unit = written.group(2);
        Long factor = UNITS.get(unit.length() == 1 && !unit.equals("b") ? unit + "ib" : unit);
        if (factor == null) {
            throw new IllegalArgumentException("not a unit of bytes: " + unit);
        }
        try {
            return new BigDecimal(written.group(1))
                    .multiply(BigDecimal.valueOf(factor))
                    .toBigInteger()
                    .longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("too many bytes: " + text, e);
        }
    }

    /** Bytes for people: {@code 512 B}, {@code 8.3 MiB}. */
    public static String shown(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double count = bytes;
        int unit = -1;
        do {
            count /= 1024;
            unit++;
        } while (count >= 1023.95 && unit < SHOWN.size() - 1);
        // A list of many files shows many sizes, and String.format takes a hundred times as long.
        long tenths = Math.round(count * 10);
        return tenths / 10 + "." + tenths % 10 + ' ' + SHOWN.get(unit);
    }
}
