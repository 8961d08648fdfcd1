package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.source.FolderChanges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WatchLoopTest {

    private static final Duration INTERVAL = Duration.ofSeconds(60);
    private static final long SECOND = 1_000_000_000;

    /** Changes at given seconds, in a time that passes only while somebody waits. */
    private static final class Script implements FolderChanges {

        private final TreeSet<Long> changesAt = new TreeSet<>();
        private long now;

        @Override
        public boolean await(Duration longest) {
            long until = now + longest.toNanos();
            Long next = changesAt.ceiling(now);
            if (next != null && next <= until) {
                now = next + 1;
                changesAt.headSet(next, true).clear();
                return true;
            }
            now = until;
            return false;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    private final Script script = new Script();

    /** Seconds at which passes begin, until the given one. */
    private List<Double> passes(long until) throws Exception {
        List<Double> passes = new ArrayList<>();
        new WatchLoop(script, INTERVAL, () -> script.now, () -> script.now >= until * SECOND)
                .run(() -> passes.add(Math.round(script.now * 10.0 / SECOND) / 10.0));
        return passes;
    }

    @Test
    void firstPassComesAtOnceAndOthersEveryInterval() throws Exception {
        assertThat(passes(130)).containsExactly(0.0, 60.0, 120.0);
    }

    @Test
    void changeIsFollowedByAPassOnceItIsQuiet() throws Exception {
        script.changesAt.add(10 * SECOND);
        script.changesAt.add(11 * SECOND);
        assertThat(passes(70)).containsExactly(0.0, 13.0);
    }

    @Test
    void fileThatIsWrittenAllTheTimePutsAPassOffNoLongerThanTheInterval() throws Exception {
        for (long at = 5; at < 200; at++) {
            script.changesAt.add(at * SECOND);
        }
        assertThat(passes(140)).containsExactly(0.0, 65.0, 126.0);
    }

    @Test
    void wishToStopIsHeardWhileNothingHappens() throws Exception {
        passes(3);
        assertThat(script.now).isLessThan(4 * SECOND);
    }
}
