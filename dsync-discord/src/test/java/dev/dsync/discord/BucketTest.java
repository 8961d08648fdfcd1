package dev.dsync.discord;

import static org.assertj.core.api.Assertions.assertThat;

import okhttp3.Headers;
import org.junit.jupiter.api.Test;

class BucketTest {

    private static final long NOW = 1_000_000;

    private final Bucket bucket = new Bucket(0, 0, 0);

    private void answer(int left, double reset, double resetAfter) {
        bucket.answered();
        bucket.learn(
                Headers.of(
                        "X-RateLimit-Limit", "5",
                        "X-RateLimit-Remaining", String.valueOf(left),
                        "X-RateLimit-Reset", String.valueOf(reset),
                        "X-RateLimit-Reset-After", String.valueOf(resetAfter)),
                NOW);
    }

    @Test
    void letsOneThroughUntilItKnowsMore() {
        assertThat(bucket.take(NOW)).isTrue();
        assertThat(bucket.take(NOW)).isFalse();
        answer(4, 1002, 2);
        assertThat(bucket.take(NOW)).isTrue();
    }

    @Test
    void waitsForTheEndOfTheWindowWhenNothingIsLeft() {
        bucket.take(NOW);
        answer(0, 1002, 2);

        assertThat(bucket.take(NOW)).isFalse();
        assertThat(bucket.waitMillis(NOW)).isEqualTo(2000 + Rules.MARGIN.toMillis());
        assertThat(bucket.take(NOW + 2050)).isTrue();
    }

    @Test
    void believesTheLowestOfAnswersThatOvertookEachOther() {
        bucket.take(NOW);
        answer(2, 1002, 2);
        bucket.take(NOW);
        bucket.take(NOW);
        answer(0, 1002.001, 2);
        answer(1, 1002, 2);

        assertThat(bucket.take(NOW)).isFalse();
    }

    @Test
    void countsWhatIsUnderWayAndWhatWasLost() {
        bucket.take(NOW);
        answer(2, 1002, 2);
        bucket.take(NOW);
        assertThat(bucket.take(NOW)).isTrue();
        assertThat(bucket.take(NOW)).isFalse();

        bucket.lost();
        assertThat(bucket.take(NOW)).isFalse();
        bucket.returned();
        assertThat(bucket.take(NOW)).isTrue();
    }

    @Test
    void passesOverAnswersOfAWindowThatIsOver() {
        bucket.take(NOW);
        answer(1, 1004, 2);
        bucket.take(NOW);
        answer(4, 1002, 0.1);

        assertThat(bucket.take(NOW)).isTrue();
        assertThat(bucket.take(NOW)).isFalse();
    }
}
