package dev.dsync.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.catalog.KnownTarget;
import dev.dsync.catalog.MemoryCatalog;
import dev.dsync.pipeline.parts.SuspectCopies;
import dev.dsync.placement.Health;
import dev.dsync.storage.TargetGoneException;
import dev.dsync.storage.TargetId;
import dev.dsync.storage.TargetUnavailableException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetiringListenerTest {

    @TempDir
    private Path state;

    private static final TargetId GONE = new TargetId("memory:gone");

    private final MemoryCatalog catalog = new MemoryCatalog(new MemoryCatalog.Files());
    private final List<String> notices = new ArrayList<>();

    private Deaths deaths() {
        TargetTroubles troubles = new TargetTroubles(state.resolve("troubles"), Clock.systemUTC(), new Random(1));
        return new Deaths(catalog, new OpenTargets(Map.of(), Map.of(), Map.of(), Map.of()), troubles, notices::add);
    }

    @Test
    void whoeverMayWriteRemembersThatATargetIsGone() {
        RetiringListener.writing(deaths(), notices::add)
                .changed(GONE, Health.RETIRED, new TargetGoneException("no such webhook"));
        assertThat(catalog.targets().find(GONE).orElseThrow().state()).isEqualTo(KnownTarget.State.RETIRED);
        assertThat(notices).singleElement().asString().contains("memory:gone", "gone for good");
    }

    @Test
    void whoeverMustWaitIsToldForWhatAndHowLong() {
        RetiringListener.writing(deaths(), notices::add)
                .allWait(
                        Duration.ofMillis(11_200),
                        new TargetUnavailableException("webhook 1 gave no answer", Duration.ZERO));
        assertThat(notices)
                .containsExactly("no target takes anything now, the next try is in 12 s; what is stored so far is kept:"
                        + " webhook 1 gave no answer");
    }

    @Test
    void whoeverOnlyReadsTellsAndLeavesTheCatalogAlone() {
        RetiringListener.telling(new SuspectCopies(state, new Random(1)), notices::add)
                .changed(GONE, Health.RETIRED, new TargetGoneException("no such webhook"));
        assertThat(catalog.targets().find(GONE)).isEmpty();
        assertThat(notices).hasSize(1);
        assertThat(state).isDirectoryContaining("glob:**.txt");
    }
}
