package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PassphrasesTest {

    private static final Path KEY = Path.of("key");

    private final List<String> questions = new ArrayList<>();

    private Passphrases typed(String... words) {
        Deque<String> left = new ArrayDeque<>(List.of(words));
        return new Passphrases(Map.of(), Path.of(""), Optional.of(question -> {
            questions.add(question);
            return left.remove().toCharArray();
        }));
    }

    @Test
    void personIsAskedOnceHoweverOftenTheKeyIsOpened() throws IOException {
        try (Passphrases passphrases = typed("secret")) {
            assertThat(passphrases.present(KEY)).containsExactly("secret".toCharArray());
            java.util.Arrays.fill(passphrases.present(KEY), '\0');
            assertThat(passphrases.present(KEY)).containsExactly("secret".toCharArray());
        }
        assertThat(questions).hasSize(1);
    }

    @Test
    void newPassphraseIsTypedTwiceTheSame() throws IOException {
        try (Passphrases passphrases = typed("one", "one", "one", "two")) {
            assertThat(passphrases.fresh(KEY, false)).containsExactly("one".toCharArray());
            assertThatThrownBy(() -> passphrases.fresh(KEY, false)).hasMessageContaining("differ");
        }
    }

    @Test
    void variablesComeBeforeThePerson() throws IOException {
        try (Passphrases passphrases = new Passphrases(
                Map.of("DSYNC_PASSPHRASE", "old", "DSYNC_NEW_PASSPHRASE", "new"), Path.of(""), Optional.empty())) {
            assertThat(passphrases.present(KEY)).containsExactly("old".toCharArray());
            assertThat(passphrases.fresh(KEY, true)).containsExactly("new".toCharArray());
        }
    }
}
