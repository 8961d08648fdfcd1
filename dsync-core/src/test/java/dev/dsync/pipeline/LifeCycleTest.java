package dev.dsync.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.MemoryCatalog;
import dev.dsync.catalog.Sha256;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.Versions.Listed;
import dev.dsync.catalog.Versions.Scope;
import dev.dsync.pipeline.parts.Digests;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.MemoryBackend;
import dev.dsync.storage.TargetId;
import dev.dsync.vault.TestVault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A home lives through a random sequence of edits, syncs, removals, undeletions, prunes, crashes and losses of its state,
 * beside a model that remembers every state in the plainest way. Whatever the keeps promise can be seen.
 */
class LifeCycleTest {

    private static final BackendLimits LIMITS = new BackendLimits(10 << 20, 10, 25 << 20);
    private static final List<String> NAMES = List.of("a", "b", "c", "dir/d", "dir/e", "dir/sub/f");
    private static final int STEPS = 45;
    private static final Duration KEEP_DELETED = Duration.ofDays(4);
    private static final Duration KEEP_WITHIN = Duration.ofDays(6);

    @TempDir
    private Path folder;

    private final MemoryBackend a = new MemoryBackend(new TargetId("memory:a"), LIMITS);
    private final MemoryBackend b = new MemoryBackend(new TargetId("memory:b"), LIMITS);

    private final LifeModel model = new LifeModel();
    private final List<String> steps = new ArrayList<>();
    private Random random = new Random(0);
    private TestVault home;
    private int places;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 12);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyStateWithinTheKeepsCanBeSeen(long seed) throws Exception {
        random = new Random(seed);
        home = new TestVault(folder.resolve("home"), seed, a, b);
        try {
            for (int i = 0; i < STEPS; i++) {
                step();
                home.time().pass(Duration.ofHours(1 + random.nextInt(12)));
                assertPromisesAreSeen();
            }
            assertPromisesRestoreOnAnotherMachine();
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + seed + ", steps " + steps, e);
        } finally {
            home.close();
        }
    }

    private void step() throws Exception {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5 -> edit();
            case 6, 7 -> delete();
            case 8, 9 -> rename();
            case 10, 11, 12 -> sync();
            case 13 -> remove();
            case 14 -> undelete();
            case 15, 16 -> prune();
            case 17 -> kill();
            case 18 -> loseState();
            default -> home.time().pass(Duration.ofHours(random.nextInt(72)));
        }
    }

    private void sync() throws Exception {
        did("sync");
        Instant begun = home.time().instant();
        assertThat(home.sync().failed()).isEmpty();
        model.is(begun, home.time().instant(), tree());
    }

    private void remove() throws Exception {
        String name = name();
        did("rm " + name);
        Instant begun = home.time().instant();
        Map<String, String> local = tree();
        EditReport report = home.remove(name);
        Map<String, String> files = new HashMap<>(model.now());
        boolean stored = local.getOrDefault(name, files.getOrDefault(name, "")).equals(files.get(name));
        assertThat(report.paths().contains(RelativePath.of(name))).isEqualTo(stored);
        assertThat(Files.exists(home.synced().resolve(name))).isEqualTo(local.containsKey(name) && !stored);
        if (stored) {
            files.remove(name);
        }
        model.is(begun, home.time().instant(), files);
    }

    private void undelete() throws Exception {
        String name = name();
        did("undelete " + name);
        Instant begun = home.time().instant();
        boolean free = !Files.exists(home.synced().resolve(name));
        Map<String, String> files = new HashMap<>(model.now());
        EditReport report = home.undelete(name);
        boolean back = report.paths().contains(RelativePath.of(name));
        if (!files.containsKey(name) && free && model.last(name).isPresent()) {
            assertThat(back).isTrue();
        }
        if (back) {
            assertThat(files).doesNotContainKey(name);
            files.put(name, digest(home.synced().resolve(name)));
            model.last(name).ifPresent(last -> assertThat(files).containsEntry(name, last));
        }
        model.is(begun, home.time().instant(), files);
    }

    private void prune() throws Exception {
        did("prune");
        Instant begun = home.time().instant();
        home.prune(new Keeps(KEEP_DELETED, 1 + random.nextInt(2), KEEP_WITHIN), false);
        model.pruned(begun, KEEP_DELETED, KEEP_WITHIN);
    }

    private void loseState() throws Exception {
        did("lose state");
        home.loseState();
        home.vault().setSyncedFolder(home.synced(), true);
    }

    private void did(String step) {
        steps.add(step);
    }

    private String name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    private void edit() throws IOException {
        String name = name();
        did("edit " + name);
        Path file = home.synced().resolve(name);
        Files.createDirectories(file.getParent());
        // Contents repeat, so that chunks are shared, and are gone and come again.
        byte[] content = new byte[20_000 + random.nextInt(3) * 60_000];
        new Random(random.nextInt(12)).nextBytes(content);
        Files.write(file, content);
        // Two edits may fall into one step of the file system's clock.
        Files.setLastModifiedTime(file, FileTime.fromMillis(random.nextInt()));
    }

    private void delete() throws IOException {
        String name = name();
        did("delete " + name);
        Files.deleteIfExists(home.synced().resolve(name));
    }

    private void rename() throws IOException {
        String from = name();
        String to = name();
        did("rename " + from + " to " + to);
        if (Files.exists(home.synced().resolve(from))
                && !Files.exists(home.synced().resolve(to))) {
            Files.createDirectories(home.synced().resolve(to).getParent());
            Files.move(home.synced().resolve(from), home.synced().resolve(to));
        }
    }

    /** The program dies somewhere in a sync or a prune: its state is as the last flush left it. */
    private void kill() throws Exception {
        boolean prune = random.nextBoolean();
        int last = random.nextInt(8);
        did("kill in " + (prune ? "prune" : "sync") + " after flush " + last);
        Instant begun = home.time().instant();
        List<MemoryCatalog.Files> flushes = new ArrayList<>(List.of(home.files().copy()));
        home.onFlush(() -> {
            if (flushes.size() > last) {
                throw new Killed();
            }
            flushes.add(home.files().copy());
        });
        try {
            if (prune) {
                home.prune(KEEP_DELETED, KEEP_WITHIN);
            } else {
                home.sync();
            }
        } catch (Killed e) {
            // That was meant to happen.
        }
        home.onFlush(() -> {});
        home.restart(flushes.get(flushes.size() - 1));
        if (prune) {
            model.pruned(begun, KEEP_DELETED, KEEP_WITHIN);
        }
        assertThat(home.sync().failed()).isEmpty();
        model.is(begun, home.time().instant(), tree());
    }

    private static final class Killed extends RuntimeException {

        private static final long serialVersionUID = 1;
    }

    /** The files that are here now. */
    private Map<String, String> tree() throws IOException {
        Map<String, String> files = new HashMap<>();
        for (String name : NAMES) {
            if (Files.exists(home.synced().resolve(name))) {
                files.put(name, digest(home.synced().resolve(name)));
            }
        }
        return files;
    }

    private static String digest(Path file) throws IOException {
        return Sha256.of(Digests.sha256().digest(Files.readAllBytes(file))).toString();
    }

    private void assertPromisesAreSeen() throws Exception {
        for (Map.Entry<Instant, Map<String, String>> state : model.promised().entrySet()) {
            Map<String, String> seen = seen(home.vault().catalog(), state.getKey());
            seen.keySet().removeIf(path -> model.isPurged(path, state.getKey()));
            assertThat(seen).as("at %s", state.getKey()).isEqualTo(state.getValue());
        }
    }

    private static Map<String, String> seen(Catalog catalog, Instant at) {
        Map<String, String> seen = new TreeMap<>();
        long sequence = catalog.commits().sequenceAt(at).orElse(0);
        try (Cursor<Listed> tree = catalog.versions().tree(RelativePath.ROOT, sequence, Scope.LIVE)) {
            while (tree.hasNext()) {
                Version version = tree.next().version();
                version.sha256().ifPresent(digest -> seen.put(version.path().value(), digest.toString()));
            }
        }
        return seen;
    }

    private void assertPromisesRestoreOnAnotherMachine() throws Exception {
        try (TestVault other = home.twin(folder.resolve("other"), a, b)) {
            for (Map.Entry<Instant, Map<String, String>> state :
                    model.promised().entrySet()) {
                Path to = folder.resolve("restored" + places++);
                long sequence = other.vault()
                        .catalog()
                        .commits()
                        .sequenceAt(state.getKey())
                        .orElse(0);
                assertThat(other.restore(to, sequence).failed()).isEmpty();
                for (Map.Entry<String, String> file : state.getValue().entrySet()) {
                    assertThat(digest(to.resolve(file.getKey())))
                            .as("%s at %s", file.getKey(), state.getKey())
                            .isEqualTo(file.getValue());
                }
            }
            assertThat(other.check(100).errors()).isEmpty();
        }
    }
}
