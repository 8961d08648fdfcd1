package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-20T18:00:00Z",
                "1969-12-31T23:59:59.999Z",
                "2026-02-28T00:00:00.000001Z",
                "0001-01-01T00:00:00.120Z",
                "2026-11-20T18:00:00.000000001Z",
                "+12026-11-20T18:00:00.100Z",
                "-0004-11-20T18:00:00Z"
            })
    void exactTextIsTheOneOfJava(String text) {
        assertThat(TimeText.utc().exact(Instant.parse(text)))
                .isEqualTo(Instant.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "UTC", "America/St_Johns", "Asia/Kolkata", "Pacific/Apia"})
    void momentsAreShownAsTheRulesOfTheZoneSay(String name) {
        ZoneId zone = ZoneId.of(name);
        TimeText text = new Times(Clock.system(zone)).text();
        for (long day = -10_000; day < 30_000; day += 37) {
            Instant moment = Instant.ofEpochSecond(day * 86_461 + 7);
            assertThat(text.of(moment))
                    .isEqualTo(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX")
                            .format(moment.atZone(zone)));
        }
    }

    /** In Berlin it is half past eleven at night. */
    private final Times times =
            new Times(Clock.fixed(Instant.parse("2026-11-20T22:30:00Z"), ZoneId.of("Europe/Berlin")));

    @ParameterizedTest
    @CsvSource({
        "now, 2026-11-20T22:30:00Z",
        "2026-11-20T18:00:00Z, 2026-11-20T18:00:00Z",
        "2026-11-20t18:00:00.25z, 2026-11-20T18:00:00.250Z",
        "2026-11-20T18:00:00+05:00, 2026-11-20T13:00:00Z",
        "2026-11-20T18:00, 2026-11-20T17:00:00Z",
        "2026-11-20 18:00:30, 2026-11-20T17:00:30Z",
        "2026-07-01, 2026-07-01T21:59:59.999999999Z",
        "today, 2026-11-20T22:59:59.999999999Z",
        "yesterday, 2026-11-19T22:59:59.999999999Z",
        "2 days ago, 2026-11-18T22:30:00Z",
        "a week ago, 2026-11-13T22:30:00Z",
        "one hour ago, 2026-11-20T21:30:00Z",
        "90 minutes ago, 2026-11-20T21:00:00Z",
        "3 months ago, 2026-08-20T21:30:00Z",
        "90m, 2026-11-20T21:00:00Z",
        "30d, 2026-10-21T22:30:00Z",
        "0s, 2026-11-20T22:30:00Z",
        "  Yesterday , 2026-11-19T22:59:59.999999999Z",
    })
    void timesArePutAsPeoplePutThem(String text, String moment) throws UsageException {
        assertThat(times.parse(text)).isEqualTo(moment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "tomorrow", "2026-13-01", "18:00", "ago", "5 parsecs ago", "999999 years ago ago", "-3d"})
    void anythingElseIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> times.parse(text))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("is no time")
                .hasMessageContaining("2 days ago");
    }

    @Test
    void shownTimesLieInTheZone() {
        assertThat(times.shown(Instant.parse("2026-11-20T22:30:00.9Z"))).isEqualTo("2026-11-20T23:30:00+01:00");
    }

    @Test
    void timeThatAVersionIsShownFromIsNeverBeforeIt() throws UsageException {
        Instant exact = Instant.parse("2026-11-20T22:30:00.000000001Z");
        assertThat(times.parse(times.shownFrom(exact))).isEqualTo("2026-11-20T22:30:01Z");
        Instant whole = Instant.parse("2026-11-20T22:30:00Z");
        assertThat(times.parse(times.shownFrom(whole))).isEqualTo(whole);
    }
}
