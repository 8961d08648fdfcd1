package dev.dsync.key;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordTest {

    private final Password password = new Password("correct horse".toCharArray(), new CountingRandom());

    @Test
    void onlyThePasswordItselfMatches() {
        assertThat(password.matches("correct horse".toCharArray())).isTrue();
        assertThat(password.matches("correct horsE".toCharArray())).isFalse();
        assertThat(password.matches(new char[0])).isFalse();
    }

    @Test
    void whatIsNoTextIsWrongAndNoFailure() {
        assertThat(password.matches(new char[] {'\ud800'})).isFalse();
    }

    @Test
    void itNeverPrintsItself() {
        assertThat(password).hasToString("***");
    }
}
