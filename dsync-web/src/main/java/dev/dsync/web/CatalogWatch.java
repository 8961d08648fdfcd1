package dev.dsync.web;

import dev.dsync.catalog.CatalogException;
import dev.dsync.catalog.CatalogRecord;
import dev.dsync.catalog.CommitLog;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.VersionKind;
import dev.dsync.vault.Vault;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Notices commits that other processes made in this home, and tells which files they changed. */
final class CatalogWatch implements Closeable {

    /** How long after one look the next one is: what others do shows within two seconds. */
    static final Duration EVERY = Duration.ofMillis(500);

    /** Of one commit's files so many are told by name. */
    private static final int MOST_NAMED = 200;

    private final VaultDoor door;
    private final FileNews files;
    private final Feed feed;
    private final Activity activity;
    private final OwnCommits own;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Daemon.named("dsync-news"));
    private boolean existed;
    private long seen;

    /** @param own the commits that are told where they are made */
    CatalogWatch(VaultDoor door, FileNews files, Feed feed, Activity activity, OwnCommits own) {
        this.door = door;
        this.files = files;
        this.feed = feed;
        this.activity = activity;
        this.own = own;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the timer, and look() keeps its failures
    void start() {
        existed = door.exists();
        seen = newest();
        timer.scheduleWithFixedDelay(this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private long newest() {
        try {
            return door.read(CatalogWatch::newest).orElse(0L);
        } catch (IOException | CatalogException e) {
            // Whoever asks for something gets the reason; the watch goes on.
            return 0;
        }
    }

    /** The sequence of its newest commit; 0 before the first. */
    static long newest(Vault vault) {
        return vault.catalog()
                .commits()
                .head()
                .map(head -> head.info().sequence())
                .orElse(0L);
    }

    void look() {
        try {
            if (existed != door.exists()) {
                existed = door.exists();
                feed.publish("state", Json.object());
            }
            Optional<Long> found = door.read(vault -> {
                long newest = newest(vault);
                if (newest > seen) {
                    tell(vault.catalog().commits(), seen, newest);
                }
                return newest;
            });
            seen = found.orElse(0L);
        } catch (IOException | RuntimeException e) {
            // The next look may see more; whoever asks for something gets the reason.
        }
        files.tellTheRest();
    }

    private void tell(CommitLog commits, long from, long to) {
        int named = 0;
        int stored = 0;
        int deleted = 0;
        try (Cursor<CatalogRecord> records = commits.records(from, to)) {
            while (records.hasNext()) {
                if (records.next() instanceof CatalogRecord.PathVersion changed) {
                    if (named++ == MOST_NAMED) {
                        break;
                    }
                    String path = changed.version().path().value();
                    boolean counts = changed.version().kind() != VersionKind.FOLDER && !own.has(changed.sequence());
                    int others = counts ? 1 : 0;
                    if (changed.version().deleted()) {
                        files.deleted(path);
                        deleted += others;
                    } else {
                        files.stored(path);
                        stored += others;
                    }
                }
            }
        }
        if (named == 0 || named > MOST_NAMED) {
            files.somethingChanged();
        }
        if (stored + deleted > 0) {
            String more = named > MOST_NAMED ? ", and more" : "";
            activity.done("outside the dashboard: " + stored + " stored, " + deleted + " deleted" + more);
        }
        feed.publish("commit", Json.object().put("sequence", to));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
