package dev.dsync.metadata;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Times as the original writes them: ISO 8601, local, without a zone, to the microsecond or, if that is zero, the second. */
final class LocalTimes {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");

    private LocalTimes() {}

    static String of(Instant time, ZoneId zone) {
        LocalDateTime local = LocalDateTime.ofInstant(time, zone).truncatedTo(ChronoUnit.MICROS);
        return (local.getNano() == 0 ? SECONDS : MICROS).format(local);
    }
}
