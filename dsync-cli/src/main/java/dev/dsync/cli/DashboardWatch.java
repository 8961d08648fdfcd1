package dev.dsync.cli;

import dev.dsync.source.FolderWatch;
import dev.dsync.web.Watching;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Watches for the dashboard as {@code sync --watch} does: by what the system tells, and every so often.
 *
 * @param interval from one sync to the next at the latest
 * @param notices hears once if not everything can be watched
 */
record DashboardWatch(Duration interval, Consumer<String> notices) implements Watching {

    @Override
    public Closeable start(Path folder, Sync sync) throws IOException {
        FolderWatch watch = SystemWatch.of(System.getProperty("os.name"), folder, notices);
        AtomicBoolean stop = new AtomicBoolean();
        Thread thread = new Thread(() -> loop(watch, sync, stop), "dsync-watch");
        thread.setDaemon(true);
        thread.start();
        return () -> {
            stop.set(true);
            thread.interrupt();
            watch.close();
        };
    }

    private void loop(FolderWatch watch, Sync sync, AtomicBoolean stop) {
        try {
            new WatchLoop(watch, interval, System::nanoTime, stop::get).run(() -> {
                boolean complete = false;
                try {
                    complete = sync.run(watch::listed);
                } finally {
                    watch.looked(complete);
                }
            });
        } catch (Exception e) {
            if (!stop.get()) {
                notices.accept("watching has ended: " + e.getMessage());
            }
        }
    }
}
