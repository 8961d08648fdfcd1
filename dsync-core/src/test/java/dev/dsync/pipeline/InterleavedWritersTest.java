package dev.dsync.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.vault.Snapshot;
import dev.dsync.vault.TestVault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two homes with one key write to the same targets, the one at every moment of the other. */
class InterleavedWritersTest {

    /** More than a sync of these homes flushes. */
    private static final int MOST_FLUSHES = 40;

    @TempDir
    private Path folder;

    @Test
    void aSyncInTheMiddleOfAnotherLosesNothing() throws Exception {
        int rounds = 0;
        for (boolean interrupted = true; interrupted; rounds++) {
            interrupted = syncInTheMiddle(rounds);
        }
        assertThat(rounds).as("moments at which the other home synced").isBetween(5, MOST_FLUSHES);
    }

    /** Has the second home sync after so many flushes of the first; returns whether there were as many. */
    private boolean syncInTheMiddle(int flushes) throws Exception {
        SpoiltBackend left = new SpoiltBackend("left");
        SpoiltBackend right = new SpoiltBackend("right");
        Path homes = folder.resolve("round" + flushes);
        try (TestVault one = new TestVault(homes.resolve("one"), 1, left, right)) {
            write(one, "first");
            one.sync();
            try (TestVault two = one.twin(homes.resolve("two"), left, right)) {
                write(two, "other");
                two.sync();
                write(one, "mine");
                write(two, "theirs");
                AtomicInteger flushesLeft = new AtomicInteger(flushes);
                one.onFlush(() -> {
                    if (flushesLeft.getAndDecrement() == 0) {
                        syncQuietly(two);
                    }
                });
                one.sync();
                one.onFlush(() -> {});
                assertThat(one.sync().failed()).isEmpty();
                assertThat(two.sync().failed()).isEmpty();
                assertBothHaveEverything(one, two);
                return flushesLeft.get() < 0;
            }
        }
    }

    private static void syncQuietly(TestVault home) {
        try {
            home.sync();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertBothHaveEverything(TestVault one, TestVault two) throws Exception {
        // A home that has nothing to write, and knows of no other, asks no target.
        write(one, "last of one");
        one.sync();
        write(two, "last of two");
        two.sync();
        write(one, "very last");
        one.sync();
        two.sync();
        Map<String, String> wanted = new HashMap<>(Snapshot.of(one.synced()).paths());
        wanted.putAll(Snapshot.of(two.synced()).paths());
        for (TestVault home : new TestVault[] {one, two}) {
            Path to = Files.createTempDirectory(folder, "to");
            assertThat(home.restore(to).failed()).isEmpty();
            assertThat(Snapshot.of(to).paths()).isEqualTo(wanted);
            assertThat(home.check(100).errors()).isEmpty();
        }
    }

    private static void write(TestVault home, String name) throws IOException {
        byte[] content = new byte[100_000];
        new Random(name.hashCode()).nextBytes(content);
        Files.write(home.synced().resolve(name), content);
    }
}
