package dev.dsync.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.catalog.Sha256;
import dev.dsync.catalog.Version;
import dev.dsync.pipeline.parts.Digests;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.MemoryBackend;
import dev.dsync.storage.TargetId;
import dev.dsync.vault.TestVault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three homes write to one vault, each in a folder of its own, while their clocks are set ahead and back by up to years,
 * their machines are off at times, and each forgets its state now and then. The test alone knows what time it is, and
 * what had to stay.
 */
class JumpingClocksTest {

    private static final BackendLimits LIMITS = new BackendLimits(10 << 20, 10, 25 << 20);
    private static final Duration KEEP_DELETED = Duration.ofDays(5);
    private static final Duration KEEP_WITHIN = Duration.ofDays(8);
    private static final int STEPS = 70;
    private static final int HOMES = 3;

    /** One content that a path had, until it was replaced or deleted. */
    private record Past(String path, Sha256 content, Duration ended, boolean deleted) {}

    @TempDir
    private Path folder;

    private final MemoryBackend target = new MemoryBackend(new TargetId("memory:a"), LIMITS);
    private final List<TestVault> homes = new ArrayList<>();
    private final Map<String, Sha256> stored = new HashMap<>();
    private final List<Past> pasts = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();
    private Random random = new Random(0);
    private Duration trueTime = Duration.ZERO;
    private long removed;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 10);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingYoungerThanTheKeepsGoesWhateverTheClocksSay(long seed) throws Exception {
        random = new Random(seed);
        try {
            homes.add(new TestVault(folder.resolve("home0"), seed, target));
            homes.get(0).vault();
            for (int i = 1; i < HOMES; i++) {
                homes.add(homes.get(0).twin(folder.resolve("home" + i), target));
            }
            for (int i = 0; i < STEPS; i++) {
                step(random.nextInt(HOMES));
            }
            // Whatever it was: once the clock is past all that it ever showed, and stays right, what is old goes.
            jump(0, Duration.ofDays(1_000_000));
            edit(0);
            pass(Duration.ofDays(40));
            prune(0);
            assertThat(removed).as("versions that were old enough and went").isPositive();
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + seed + ", steps " + steps, e);
        } finally {
            for (TestVault home : homes) {
                home.close();
            }
        }
    }

    private void step(int home) throws Exception {
        TestVault at = homes.get(home);
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> edit(home);
            case 3, 4 -> delete(home);
            case 5, 6 -> prune(home);
            case 7 -> jump(home, Duration.ofHours(random.nextInt(2 * 24 * 400) - 24 * 400));
            case 8 -> jump(home, Duration.ofDays((random.nextBoolean() ? 1 : -1) * (9 + random.nextInt(30_000))));
            case 9 -> {
                steps.add(home + " is off");
                at.close();
                Duration off = Duration.ofHours(random.nextInt(24 * 9));
                trueTime = trueTime.plus(off);
                homes.forEach(other -> {
                    if (other == at) {
                        other.time().passWhileOff(off);
                    } else {
                        other.time().pass(off);
                    }
                });
            }
            case 10 -> {
                if (random.nextInt(4) == 0) {
                    steps.add(home + " forgets");
                    at.loseState();
                    at.vault().setSyncedFolder(at.synced(), true);
                }
            }
            default -> at.sync();
        }
        pass(Duration.ofHours(random.nextInt(30)));
    }

    private void jump(int home, Duration ahead) {
        steps.add(home + " set by " + ahead);
        homes.get(home).time().set(ahead);
    }

    private void pass(Duration time) {
        trueTime = trueTime.plus(time);
        homes.forEach(home -> home.time().pass(time));
    }

    /** Only its own home writes a path, so that what it held last is no matter of who came first. */
    private String path(int home) {
        return "of" + home + "/" + random.nextInt(3);
    }

    private void edit(int home) throws Exception {
        String path = path(home);
        steps.add("edit " + path);
        Path file = homes.get(home).synced().resolve(path);
        Files.createDirectories(file.getParent());
        byte[] content = new byte[2_000];
        new Random(random.nextInt(40)).nextBytes(content);
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(random.nextInt()));
        sync(home, path, Sha256.of(Digests.sha256().digest(content)));
    }

    private void delete(int home) throws Exception {
        String path = path(home);
        steps.add("delete " + path);
        Files.deleteIfExists(homes.get(home).synced().resolve(path));
        sync(home, path, null);
    }

    private void sync(int home, String path, @Nullable Sha256 content) throws Exception {
        assertThat(homes.get(home).sync().failed()).isEmpty();
        Sha256 before = content == null ? stored.remove(path) : stored.put(path, content);
        if (before != null && !before.equals(content)) {
            pasts.add(new Past(path, before, trueTime, content == null));
        }
    }

    private void prune(int home) throws Exception {
        steps.add(home + " prunes");
        removed += homes.get(home).prune(KEEP_DELETED, KEEP_WITHIN).versionsRemoved();
        try (TestVault observer = homes.get(0).twin(folder.resolve("observer" + steps.size()), target)) {
            assertKept(observer);
        }
    }

    private void assertKept(TestVault observer) throws IOException {
        for (Past past : pasts) {
            Duration age = trueTime.minus(past.ended());
            boolean kept = age.compareTo(keep(past)) < 0 && !purged(past);
            if (kept) {
                assertThat(contents(observer, past.path()))
                        .as("contents of %s, one of them gone %s ago", past.path(), age)
                        .contains(past.content());
            }
        }
        stored.forEach((path, content) -> assertThat(contents(observer, path)).contains(content));
    }

    private static Duration keep(Past past) {
        return past.deleted() ? KEEP_DELETED : KEEP_WITHIN;
    }

    /** Whether the path was deleted afterwards, so long ago that it went with all its versions. */
    private boolean purged(Past past) {
        return pasts.stream()
                .anyMatch(later -> later.path().equals(past.path())
                        && later.deleted()
                        && later.ended().compareTo(past.ended()) >= 0
                        && trueTime.minus(later.ended()).compareTo(KEEP_DELETED) >= 0);
    }

    private static List<Sha256> contents(TestVault observer, String path) {
        try {
            return observer.vault().catalog().versions().history(RelativePath.of(path)).stream()
                    .filter(version -> !version.deleted())
                    .map(Version::sha256)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
