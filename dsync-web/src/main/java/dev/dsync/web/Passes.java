package dev.dsync.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dsync.pipeline.SyncEvent;
import dev.dsync.pipeline.SyncOptions;
import dev.dsync.pipeline.SyncReport;
import dev.dsync.source.RelativePath;
import dev.dsync.vault.HomeBusyException;
import dev.dsync.vault.Vault;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whatever writes in the home, one after the other. The home's lock is held only meanwhile; if another process has it,
 * the work waits a while. All who ask for a sync while one waits to begin share it. Safe for use by many threads.
 */
final class Passes implements Closeable {

    /** How often somebody else's lock is looked at. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final VaultDoor door;
    private final DashboardSettings settings;
    private final Feed feed;
    private final Activity activity;
    private final FileNews files;
    private final Duration patience;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(Daemon.named("dsync-pass"));
    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable CompletableFuture<SyncReport> next;
    private final List<Consumer<RelativePath>> looking = new CopyOnWriteArrayList<>();
    private final Set<String> takenBack = ConcurrentHashMap.newKeySet();
    private final OwnCommits own = new OwnCommits();
    private volatile String doing = "";

    /** @param patience how long work waits for another process in the home */
    Passes(
            VaultDoor door,
            DashboardSettings settings,
            Feed feed,
            Activity activity,
            FileNews files,
            Duration patience) {
        this.door = door;
        this.settings = settings;
        this.feed = feed;
        this.activity = activity;
        this.files = files;
        this.patience = patience;
    }

    /** Something to do with a vault that may be written. */
    interface Work<T> {
        T run(Vault vault, Path folder) throws IOException, InterruptedException;
    }

    /** A sync that begins after this call. */
    synchronized CompletableFuture<SyncReport> sync() {
        CompletableFuture<SyncReport> waiting = next;
        if (waiting == null) {
            CompletableFuture<SyncReport> report = new CompletableFuture<>();
            waiting = report;
            next = report;
            worker.execute(() -> {
                synchronized (this) {
                    next = null;
                }
                complete(report, "sync", this::syncNow);
            });
        }
        return waiting;
    }

    /** The same; {@code listed} hears of every folder that is looked at until it has ended. */
    CompletableFuture<SyncReport> sync(Consumer<RelativePath> listed) {
        looking.add(listed);
        CompletableFuture<SyncReport> report = sync();
        return report.whenComplete((done, failure) -> looking.remove(listed));
    }

    /** A path that is about to be taken from under a sync: that it cannot be read then is no trouble. */
    void expectGone(RelativePath path) {
        takenBack.add(path.value());
    }

    /** Whatever may fail at a path is trouble again. */
    void forget(RelativePath path) {
        takenBack.remove(path.value());
    }

    /** Does something as soon as nothing else is being written. */
    <T> CompletableFuture<T> run(String what, Work<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        worker.execute(() -> complete(result, what, work));
        return result;
    }

    private <T> void complete(CompletableFuture<T> result, String what, Work<T> work) {
        begin(what);
        try {
            T done = inVault(work);
            end(what);
            result.complete(done);
        } catch (IOException | InterruptedException | RuntimeException e) {
            activity.trouble(what + " failed: " + Failure.of(e).detail());
            end(what);
            result.completeExceptionally(e);
        }
    }

    /** Whoever waits for the result finds the home's lock free. */
    private <T> T inVault(Work<T> work) throws IOException, InterruptedException {
        try (Vault vault = openToWrite()) {
            door.compare(vault);
            own.begin(CatalogWatch.newest(vault));
            try {
                return work.run(vault, folder(vault));
            } finally {
                own.end(CatalogWatch.newest(vault));
            }
        }
    }

    /** The commits made here. */
    OwnCommits own() {
        return own;
    }

    private void begin(String what) {
        doing = what;
        feed.publish("progress", Json.object().put("kind", what).put("state", "begun"));
    }

    private void end(String what) {
        doing = "";
        feed.publish("progress", Json.object().put("kind", what).put("state", "ended"));
    }

    /** What is being done, in a word; empty for nothing. */
    String doing() {
        return doing;
    }

    private Vault openToWrite() throws IOException, InterruptedException {
        Duration waited = Duration.ZERO;
        while (true) {
            try {
                return door.openToWrite();
            } catch (HomeBusyException e) {
                if (waited.isZero()) {
                    feed.publish("progress", Json.object().put("kind", doing).put("state", "waiting"));
                }
                waited = waited.plus(LOOK_AGAIN);
                if (waited.compareTo(patience) > 0 || closing.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw e;
                }
            }
        }
    }

    /** The synced folder; the home's own is made if nobody named another. */
    private Path folder(Vault vault) throws IOException {
        Path folder = settings.folder().orElse(vault.syncedFolder());
        if (folder.equals(settings.home().syncedFolder())) {
            Files.createDirectories(folder);
        }
        vault.setSyncedFolder(folder, false);
        return folder;
    }

    /** A sync within other work. */
    SyncReport syncNow(Vault vault, Path folder) throws IOException, InterruptedException {
        return sync(vault, options());
    }

    /** How syncs are made, and commits of other work. */
    SyncOptions options() {
        return settings.syncOptions().apply(this::isClosing);
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private SyncReport sync(Vault vault, SyncOptions options) throws IOException, InterruptedException {
        SyncReport report;
        try (PassProgress progress = new PassProgress(feed, files, settings.clock())) {
            report = vault.sync(options, settings.excludes(), event -> {
                progress.on(event);
                if (event instanceof SyncEvent.FolderListed folder) {
                    looking.forEach(listed -> listed.accept(folder.path()));
                }
            });
        }
        feed.publish("progress", told(report));
        long touched = report.added() + report.changed() + report.deleted();
        if (touched > 0) {
            activity.done(
                    report.added() + " added, " + report.changed() + " changed, " + report.deleted() + " deleted");
        }
        report.failed().stream()
                .filter(failed -> !takenBack.contains(failed.path()))
                .forEach(failed -> activity.trouble("could not be stored: " + failed));
        return report;
    }

    static ObjectNode told(SyncReport report) {
        ObjectNode told = Json.object()
                .put("kind", "sync")
                .put("state", "done")
                .put("added", report.added())
                .put("changed", report.changed())
                .put("deleted", report.deleted())
                .put("unchanged", report.unchanged())
                .put("bytes_read", report.bytesRead())
                .put("bytes_stored", report.bytesStored())
                .put("packs", report.packs())
                .put("requests", report.requests())
                .put("seconds", report.took().toMillis() / 1000.0)
                .put("interrupted", report.interrupted());
        var failed = told.putArray("failed");
        report.failed()
                .forEach(failure ->
                        failed.addObject().put("path", failure.path()).put("reason", failure.reason()));
        return told;
    }

    /** Ends what is under way at a safe point, and waits for that. */
    @Override
    public void close() {
        closing.countDown();
        worker.shutdown();
        try {
            if (!worker.awaitTermination(30, TimeUnit.SECONDS)) {
                worker.shutdownNow();
            }
        } catch (InterruptedException e) {
            worker.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
