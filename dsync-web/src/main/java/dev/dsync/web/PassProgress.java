package dev.dsync.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dsync.pipeline.SyncEvent;
import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a sync is, told in bearable steps: each file on its way through {@code reading}, {@code sealing},
 * {@code storing} and {@code stored}, and the whole. One file is read at a time, so bytes read belong to the one that was
 * started last.
 */
final class PassProgress implements SyncEvent.Listener, Closeable {

    private static final Duration STEP = Duration.ofMillis(200);

    /** Files whose way is told one by one; of many small ones only the count is. */
    private static final int MOST_FOLLOWED = 200;

    private final Feed feed;
    private final FileNews files;
    private final InstantSource clock;
    private final Deque<String> sealing = new ArrayDeque<>();
    private Instant nextStep = Instant.MIN;
    private @Nullable String path;
    private long size;
    private long done;
    private long filesSeen;
    private long filesStored;
    private long bytesRead;
    private long bytesStored;

    PassProgress(Feed feed, FileNews files, InstantSource clock) {
        this.feed = feed;
        this.files = files;
        this.clock = clock;
    }

    @Override
    public void on(SyncEvent event) {
        synchronized (this) {
            List<ObjectNode> news = new ArrayList<>();
            note(event, news);
            Instant now = clock.instant();
            if (!now.isBefore(nextStep)) {
                nextStep = now.plus(STEP);
                news.add(whole());
                if (path != null && done < size) {
                    news.add(file(path, "reading").put("done", done).put("total", size));
                }
            }
            // Told with the lock held: else "sealing" of one thread could come after "storing" of another.
            news.forEach(step -> feed.publish("progress", step));
        }
        if (event instanceof SyncEvent.FileStored stored) {
            files.stored(stored.path().value());
        } else if (event instanceof SyncEvent.FileDeleted deleted) {
            files.deleted(deleted.path().value());
        } else if (event instanceof SyncEvent.FileFailed failed) {
            files.failed(failed.failure().path(), failed.failure().reason());
        }
    }

    private void note(SyncEvent event, List<ObjectNode> news) {
        if (event instanceof SyncEvent.FolderListed folder) {
            filesSeen += folder.files();
        } else if (event instanceof SyncEvent.FileStarted started) {
            wasRead(news);
            path = started.path().value();
            size = started.bytes();
            done = 0;
            if (sealing.size() < MOST_FOLLOWED) {
                news.add(file(path, "reading").put("done", 0).put("total", size));
            }
        } else if (event instanceof SyncEvent.BytesRead read) {
            done += read.bytes();
            bytesRead += read.bytes();
            if (done >= size) {
                wasRead(news);
            }
        } else if (event instanceof SyncEvent.PackSealed) {
            sealing.forEach(each -> news.add(file(each, "storing")));
            sealing.clear();
        } else if (event instanceof SyncEvent.PackStored stored) {
            bytesStored += stored.bytes() * stored.copies();
        } else if (event instanceof SyncEvent.FileStored stored) {
            filesStored++;
            sealing.remove(stored.path().value());
            news.add(file(stored.path().value(), "stored"));
        }
    }

    private void wasRead(List<ObjectNode> news) {
        if (path != null && sealing.size() < MOST_FOLLOWED) {
            sealing.add(path);
            news.add(file(path, "sealing"));
        }
        path = null;
    }

    private static ObjectNode file(String path, String state) {
        return Json.object().put("kind", "file").put("path", path).put("state", state);
    }

    private ObjectNode whole() {
        return Json.object()
                .put("kind", "sync")
                .put("state", "running")
                .put("files_seen", filesSeen)
                .put("files_stored", filesStored)
                .put("bytes_read", bytesRead)
                .put("bytes_stored", bytesStored);
    }

    @Override
    public void close() {
        ObjectNode last;
        synchronized (this) {
            last = whole();
        }
        feed.publish("progress", last);
    }
}
