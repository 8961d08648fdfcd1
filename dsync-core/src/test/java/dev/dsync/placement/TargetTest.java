package dev.dsync.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.storage.BlobNotFoundException;
import dev.dsync.storage.TargetBlockedException;
import dev.dsync.storage.TargetGoneException;
import dev.dsync.storage.TargetUnavailableException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {

    private static final TargetGoneException GONE = new TargetGoneException("gone");
    private static final TargetBlockedException BLOCKED = new TargetBlockedException("blocked");

    private Instant now = Instant.EPOCH;
    private final Target target = new Target(Site.memory("a"), 1, () -> now, Health.READY);

    @ParameterizedTest
    @CsvSource({
        "0, 1 2 4 8 16 32",
        "5, 5 10 20 40 80 120",
        "50, 50 100 120 120 120 120",
        "300, 300 300 300 300 300 300",
        "9223372036854775807, 86400 86400 86400 86400 86400 86400",
        "-5, 1 2 4 8 16 32"
    })
    void waitsTwiceAsLongAfterEachFailure(long asked, String waits) {
        for (String wait : waits.split(" ")) {
            target.failed(new TargetUnavailableException("no answer", Duration.ofSeconds(asked)));
            assertThat(target.untilReady()).isEqualTo(Duration.ofSeconds(Long.parseLong(wait)));
            now = now.plus(target.untilReady());
            assertThat(target.untilReady()).isZero();
        }
    }

    @Test
    void isLeftAloneAfterSixFailuresInARow() {
        for (int i = 1; i <= 12; i++) {
            assertThat(fail()).isFalse();
            if (i % 5 == 0) {
                target.succeeded();
                assertThat(target.untilReady()).isZero();
            }
        }
        assertThat(target.health()).isEqualTo(Health.READY);
        assertThat(fail()).isFalse();
        assertThat(fail()).isFalse();
        assertThat(fail()).isFalse();
        assertThat(fail()).isTrue();
        assertThat(target.health()).isEqualTo(Health.UNREACHABLE);
        assertThat(fail()).isFalse();
    }

    @Test
    void countsRequestsThatFailedTogetherOnce() {
        for (int i = 0; i < 20; i++) {
            target.failed(new TargetUnavailableException("no answer", Duration.ofSeconds(i == 7 ? 30 : 5)));
        }
        assertThat(target.health()).isEqualTo(Health.READY);
        assertThat(target.untilReady()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void staysGone() {
        assertThat(target.failed(BLOCKED)).isTrue();
        assertThat(target.failed(GONE)).isTrue();
        assertThat(target.failed(BLOCKED)).isFalse();
        for (int i = 0; i < 10; i++) {
            assertThat(fail()).isFalse();
        }
        assertThat(target.health()).isEqualTo(Health.RETIRED);
    }

    @Test
    void isNotBlamedForABlobThatIsNotThere() {
        for (int i = 0; i < 10; i++) {
            assertThat(target.failed(new BlobNotFoundException("no such blob"))).isFalse();
        }
        assertThat(target.untilReady()).isZero();
    }

    private boolean fail() {
        now = now.plus(target.untilReady());
        return target.failed(new TargetUnavailableException("no answer", Duration.ofSeconds(1)));
    }

    @Test
    void isGivenUpAfterThreeFailuresWhereThePausesAreLong() {
        TargetUnavailableException inTenMinutes = new TargetUnavailableException("later", Duration.ofMinutes(10));
        assertThat(target.failed(inTenMinutes)).isFalse();
        now = now.plus(target.untilReady());
        assertThat(target.failed(inTenMinutes)).isFalse();
        now = now.plus(target.untilReady());
        assertThat(target.failed(inTenMinutes)).isTrue();
        assertThat(target.health()).isEqualTo(Health.UNREACHABLE);
    }

    @Test
    void countsFromTheFirstFailureAfterASuccess() {
        TargetUnavailableException inTenMinutes = new TargetUnavailableException("later", Duration.ofMinutes(10));
        for (int i = 0; i < 10; i++) {
            assertThat(target.failed(inTenMinutes)).isFalse();
            now = now.plus(target.untilReady());
            assertThat(target.failed(inTenMinutes)).isFalse();
            target.succeeded();
            now = now.plus(Duration.ofMinutes(10));
        }
    }
}
