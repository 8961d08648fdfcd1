package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
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
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private Instant now = Instant.EPOCH;
    private final ProgressLine progress = new ProgressLine(new PrintStream(screen), true, 80, () -> now);

    private Passphrases typed(String... words) {
        Deque<String> left = new ArrayDeque<>(List.of(words));
        return new Passphrases(
                Map.of(),
                Path.of(""),
                Optional.of(question -> {
                    questions.add(question);
                    now = now.plusSeconds(5);
                    progress.tick();
                    return left.remove().toCharArray();
                }),
                progress);
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
    void progressIsNotWrittenOverAQuestion() throws IOException {
        try (Passphrases passphrases = typed("secret")) {
            passphrases.present(KEY);
        }
        assertThat(screen.toString()).isEmpty();
        progress.show(() -> "on with it");
        assertThat(screen.toString()).contains("on with it");
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
                Map.of("DSYNC_PASSPHRASE", "old", "DSYNC_NEW_PASSPHRASE", "new"),
                Path.of(""),
                Optional.empty(),
                progress)) {
            assertThat(passphrases.present(KEY)).containsExactly("old".toCharArray());
            assertThat(passphrases.fresh(KEY, true)).containsExactly("new".toCharArray());
        }
    }
}
