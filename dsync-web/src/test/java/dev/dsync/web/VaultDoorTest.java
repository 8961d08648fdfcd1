package dev.dsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.storage.ForwardingBackend;
import dev.dsync.storage.RootSlot;
import dev.dsync.storage.StorageBackend;
import dev.dsync.vault.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class VaultDoorTest {

    @TempDir
    Path home;

    /** Folders as targets that say nothing of what lies on them until they are let go. */
    private static final class SilentRoots extends WatchedFolders {

        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch free = new CountDownLatch(1);

        @Override
        ForwardingBackend watch(StorageBackend folder) {
            return new ForwardingBackend(folder) {
                @Override
                public RootSlot root() {
                    asked.countDown();
                    try {
                        free.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return super.root();
                }
            };
        }
    }

    @Test
    @Timeout(60)
    void whileTheDashboardFindsItsVaultAgainThereIsNothingToReadYetAndNobodyIsSentAway() throws Exception {
        try (TestDashboard dashboard = TestDashboard.start(home)) {
            dashboard.upload("", "a.txt", new byte[] {1}).is(201);
        }
        SilentRoots targets = new SilentRoots();
        try (TestDashboard dashboard = TestDashboard.on(home, targets)) {
            deleteAll(new Home(home).state());
            Thread syncing = new Thread(() -> {
                try {
                    dashboard.post("/api/sync", "").is(200);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            syncing.start();
            targets.asked.await();
            try {
                assertThat(dashboard.get("/api/files").is(200).json().get("files"))
                        .isEmpty();
            } finally {
                targets.free.countDown();
            }
            syncing.join();
            assertThat(dashboard.get("/api/files").is(200).json().get("files")).hasSize(1);
        }
    }

    private static void deleteAll(Path folder) throws Exception {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(each);
            }
        }
    }
}
