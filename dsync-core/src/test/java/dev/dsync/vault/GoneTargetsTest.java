package dev.dsync.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dsync.catalog.KnownTarget;
import dev.dsync.pipeline.CheckEvent;
import dev.dsync.pipeline.CheckOptions;
import dev.dsync.pipeline.SyncReport;
import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.FaultyBackend;
import dev.dsync.storage.FaultyBackend.Fault;
import dev.dsync.storage.FaultyBackend.Operation;
import dev.dsync.storage.MemoryBackend;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Targets that are gone for good are known as such from the first call that says so, and are never used again. */
class GoneTargetsTest {

    private static final BackendLimits LIMITS = new BackendLimits(16 << 20, 10, 64 << 20);

    @TempDir
    Path folder;

    private final FaultyBackend a = target("a");
    private final FaultyBackend b = target("b");
    private final FaultyBackend fresh = target("fresh");
    private TestVault home;

    @BeforeEach
    void sync() throws Exception {
        home = new TestVault(folder.resolve("home"), 1, a, b);
        Files.writeString(home.synced().resolve("old"), "old content");
        home.sync();
    }

    @AfterEach
    void close() throws IOException {
        home.close();
    }

    private static FaultyBackend target(String name) {
        return new FaultyBackend(new MemoryBackend(new TargetId("memory:" + name), LIMITS));
    }

    @Test
    void whatOnlyLayThereIsStoredAgainOnTheirSuccessors() throws Exception {
        a.always(Fault.GONE);
        b.always(Fault.GONE);
        Files.writeString(home.synced().resolve("new"), "new content");
        assertThatThrownBy(() -> home.sync()).isInstanceOf(StorageException.class);
        assertThat(states()).containsExactly("memory:a RETIRED", "memory:b RETIRED");
        SyncReport sync = home.on(fresh).sync();
        assertThat(sync.added()).isEqualTo(1);
        assertThat(home.notices())
                .anySatisfy(notice -> assertThat(notice).contains("1 file has no complete copy", "old"));
        allIsOn(fresh);
    }

    @Test
    void aCheckThatMeetsThemIsRememberedByTheNextSync() throws Exception {
        a.always(Fault.GONE);
        b.always(Fault.GONE);
        TestVault reader = home;
        reader.close();
        try (Vault vault = reader.readOnly()) {
            vault.check(new CheckOptions(0, () -> false), CheckEvent.Listener.SILENT);
        }
        home.on(fresh).sync();
        assertThat(states()).contains("memory:a RETIRED", "memory:b RETIRED");
        allIsOn(fresh);
    }

    @ParameterizedTest
    @EnumSource(
            value = Operation.class,
            names = {"READ", "SIZE", "PUT", "READ_ROOT"})
    void anyCallThatSaysSoRetiresATarget(Operation operation) throws Exception {
        a.from(operation, a.calls(operation) + 1, Fault.GONE);
        b.from(operation, b.calls(operation) + 1, Fault.GONE);
        Files.writeString(home.synced().resolve("new"), "new content");
        try {
            home.check(100);
            home.sync();
        } catch (StorageException e) {
            assertThat(operation).isIn(Operation.PUT, Operation.READ_ROOT);
        } catch (NoTargetException e) {
            assertThat(operation).isIn(Operation.READ, Operation.SIZE, Operation.READ_ROOT);
        }
        assertThat(states()).contains("memory:a RETIRED");
    }

    @Test
    void oneThatIsStillListedIsReadButTakesNothing() throws Exception {
        home.vault().catalog().targets().set(a.id(), KnownTarget.State.RETIRED);
        home.vault().catalog().targets().set(b.id(), KnownTarget.State.RETIRED);
        home.vault().catalog().flush();
        home.on(a, b);
        assertThat(home.restore(folder.resolve("back")).restored()).isEqualTo(1);
        assertThatThrownBy(() -> home.sync())
                .isInstanceOf(NoTargetException.class)
                .hasMessageContaining("gone for good");
        int puts = a.calls(Operation.PUT) + b.calls(Operation.PUT);
        home.on(a, b, fresh).sync();
        assertThat(a.calls(Operation.PUT) + b.calls(Operation.PUT)).isEqualTo(puts);
        allIsOn(fresh);
    }

    private void allIsOn(FaultyBackend only) throws Exception {
        home.on(only);
        assertThat(home.check(100).errors()).isEmpty();
        Path back = Files.createTempDirectory(folder, "back");
        assertThat(home.restore(back).failed()).isEmpty();
        assertThat(Snapshot.of(back)).isEqualTo(Snapshot.of(home.synced()));
        home.loseState();
        assertThat(home.restore(Files.createTempDirectory(folder, "anew")).failed())
                .isEmpty();
    }

    private List<String> states() throws IOException {
        List<String> states = new ArrayList<>();
        home.vault().catalog().targets().all().forEach(target -> states.add(target.id() + " " + target.state()));
        return states;
    }

    @Test
    void copiesThatWentWithThemCountNoMore() throws Exception {
        home.copies(2);
        home.sync();
        assertThat(home.vault().status().targets()).allMatch(target -> target.packsOnlyHere() == 0);
        b.always(Fault.GONE);
        Files.writeString(home.synced().resolve("new"), "new content");
        home.sync();
        long packs = home.vault().catalog().packs().totals().packs();
        assertThat(packs).isPositive();
        assertThat(home.vault().status().targets())
                .filteredOn(target -> target.id().equals(Optional.of(a.id())))
                .singleElement()
                .satisfies(target -> assertThat(target.packsOnlyHere()).isEqualTo(packs));
        assertThat(home.vault().targetDetails())
                .filteredOn(target -> target.id().equals(a.id()))
                .singleElement()
                .satisfies(target -> assertThat(target.lost().packs()).isEqualTo(packs));
    }
}
