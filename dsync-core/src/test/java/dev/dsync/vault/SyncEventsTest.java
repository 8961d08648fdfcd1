package dev.dsync.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.pipeline.SyncEvent;
import dev.dsync.pipeline.SyncOptions;
import dev.dsync.source.ExcludeRules;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.MemoryBackend;
import dev.dsync.storage.TargetId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever listens to a sync learns what became of each file, and when it is safe. */
class SyncEventsTest {

    private static final RelativePath NOTE = RelativePath.of("note.txt");

    @TempDir
    Path temp;

    private final List<SyncEvent> events = new CopyOnWriteArrayList<>();
    private TestVault home;

    @BeforeEach
    void makeHome() throws Exception {
        MemoryBackend target = new MemoryBackend(new TargetId("memory:a"), new BackendLimits(10 << 20, 10, 25 << 20));
        home = new TestVault(temp.resolve("home"), 1, target);
        Files.writeString(home.synced().resolve(NOTE.value()), "hello");
    }

    private void sync() throws Exception {
        events.clear();
        home.vault().sync(SyncOptions.standard(), ExcludeRules.NONE, events::add);
    }

    @Test
    void newFileIsStartedReadStoredAndThenCommitted() throws Exception {
        sync();
        assertThat(events)
                .containsSubsequence(
                        new SyncEvent.FileStarted(NOTE, 5),
                        new SyncEvent.BytesRead(5),
                        new SyncEvent.FileStored(NOTE),
                        new SyncEvent.Committed(1));
    }

    @Test
    void eachCommitIsToldOnceAndASyncWithNothingNewTellsNone() throws Exception {
        sync();
        sync();
        assertThat(events).doesNotHaveAnyElementsOfTypes(SyncEvent.Committed.class, SyncEvent.FileStarted.class);
        Files.delete(home.synced().resolve(NOTE.value()));
        Files.writeString(home.synced().resolve("other.txt"), "more");
        sync();
        assertThat(events).contains(new SyncEvent.FileDeleted(NOTE));
        assertThat(events)
                .filteredOn(SyncEvent.Committed.class::isInstance)
                .containsExactly(new SyncEvent.Committed(2));
    }
}
