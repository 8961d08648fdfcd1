package dev.dsync.web;

import java.io.Closeable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the whole folder every so often.
 *
 * @param interval from one look to the next
 */
public record PeriodicLook(Duration interval) implements Watching {

    @Override
    public Closeable start(Path folder, Runnable changed) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Daemon.named("dsync-look"));
        // One wait that ends nothing: what it does is to hand over, so it can neither fail nor take long.
        timer.scheduleWithFixedDelay(changed, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        return timer::shutdownNow;
    }
}
