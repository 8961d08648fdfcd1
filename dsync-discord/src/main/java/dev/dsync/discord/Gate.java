package dev.dsync.discord;

import dev.dsync.storage.RateLimit;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.Headers;

/**
 * Lets the requests of one webhook through when every limit that counts them has room, and makes them wait until then.
 * Five limits are asked: the webhook's own buckets, its channel, all requests together, edits, and refused requests.
 */
final class Gate {

    /** A request that was let through. It tells the limits when it has ended. */
    final class Pass {
        private final Route route;
        private final Bucket bucket;
        private final List<RateWindow.Room> rooms;

        private Pass(Route route, Bucket bucket, List<RateWindow.Room> rooms) {
            this.route = route;
            this.bucket = bucket;
            this.rooms = rooms;
        }

        void answered(Headers headers) {
            long now = traffic.now();
            buckets.learn(route, bucket, headers, now);
            rooms.forEach(room -> room.answered(now));
        }

        void lost() {
            long now = traffic.now();
            bucket.lost();
            rooms.forEach(room -> room.answered(now));
        }
    }

    private final Traffic traffic;
    private final Buckets buckets;
    private final BackOff backOff;
    private volatile Lane lane;
    private volatile long closedUntil;
    private volatile boolean channelCountsAll;

    Gate(Traffic traffic, Lane lane, Buckets buckets) {
        this.buckets = buckets;
        this.traffic = traffic;
        this.lane = lane;
        this.backOff = traffic.newBackOff();
    }

    /** The webhook turned out to post to this channel. */
    void moveTo(Lane newLane) {
        lane = newLane;
    }

    Duration untilReady(Route route) {
        return traffic.isBlocked() ? Duration.ZERO : Duration.ofMillis(waitMillis(route));
    }

    private long waitMillis(Route route) {
        long now = traffic.now();
        long wait = Math.max(ownWaitMillis(route, now), 0);
        for (RateWindow window : windows(route)) {
            wait = Math.max(wait, window.waitMillis(now));
        }
        return wait;
    }

    /** The limits of uploads: what the answers told of the webhook's own, and what is known of its channel's. */
    List<RateLimit> rateLimits() {
        List<RateLimit> limits = new ArrayList<>();
        buckets.of(Route.POST).told("uploads of this webhook").ifPresent(limits::add);
        limits.add(new RateLimit(
                "messages of all webhooks of this channel", Rules.MESSAGES_PER_CHANNEL, Rules.CHANNEL_SPAN));
        return limits;
    }

    /** The windows that count this kind of request. */
    private List<RateWindow> windows(Route route) {
        Lane current = lane;
        List<RateWindow> windows = new ArrayList<>();
        if (countsInChannel(route)) {
            windows.add(current.messages);
        }
        if (route == Route.EDIT) {
            windows.add(current.edits);
        }
        windows.add(traffic.all());
        return windows;
    }

    private long ownWaitMillis(Route route, long now) {
        long own = Math.max(closedUntil - now, buckets.of(route).waitMillis(now));
        return Math.max(own, traffic.waitMillis(now));
    }

    private boolean countsInChannel(Route route) {
        return route.isMessage() || channelCountsAll;
    }

    /**
     * Waits until a request may be sent, and takes its room.
     *
     * @throws TargetUnavailableException if that would take too long
     */
    Pass enter(Route route) throws StorageException {
        long patientUntil = traffic.now() + Rules.PATIENCE.toMillis();
        try {
            while (ownWaitMillis(route, traffic.now()) > 0) {
                sleep(ownWaitMillis(route, traffic.now()), patientUntil);
            }
            if (!countsInChannel(route)) {
                return pass(route, patientUntil);
            }
            Lane current = lane;
            current.turnstile.lockInterruptibly();
            try {
                return pass(route, patientUntil);
            } finally {
                current.turnstile.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetUnavailableException("interrupted while waiting for Discord's limits", Duration.ZERO, e);
        }
    }

    private Pass pass(Route route, long patientUntil) throws StorageException, InterruptedException {
        while (true) {
            traffic.checkNotBlocked();
            long wait = waitMillis(route);
            if (wait > 0) {
                sleep(wait, patientUntil);
                continue;
            }
            Optional<Pass> pass = take(route);
            if (pass.isPresent()) {
                return pass.get();
            }
        }
    }

    /** Takes room everywhere or, if another one was quicker, nowhere. */
    private Optional<Pass> take(Route route) {
        long now = traffic.now();
        Bucket bucket = buckets.of(route);
        if (!bucket.take(now)) {
            return Optional.empty();
        }
        List<RateWindow.Room> rooms = new ArrayList<>();
        for (RateWindow window : windows(route)) {
            Optional<RateWindow.Room> room = window.take(now);
            if (room.isEmpty()) {
                rooms.forEach(RateWindow.Room::giveBack);
                bucket.returned();
                return Optional.empty();
            }
            rooms.add(room.get());
        }
        return Optional.of(new Pass(route, bucket, rooms));
    }

    private void sleep(long millis, long patientUntil) throws StorageException, InterruptedException {
        if (traffic.now() + millis > patientUntil) {
            throw new TargetUnavailableException(
                    "Discord takes the next request only in " + (millis + 999) / 1000 + " s",
                    Duration.ofMillis(millis));
        }
        Duration wait = Duration.ofMillis(Math.max(1, millis));
        if (!backOff.isFailing()) {
            traffic.sleep(wait);
            return;
        }
        traffic.sleepUntilStopped(wait);
        if (traffic.isStopping()) {
            throw new TargetUnavailableException("the last request failed, and the next was not waited for", wait);
        }
    }

    /** A request failed: pauses this webhook, longer each time, and says how long. */
    Duration failed() {
        return closeFor(backOff.failed());
    }

    void succeeded() {
        backOff.succeeded();
    }

    /** Sends nothing to this webhook for that long. */
    Duration closeFor(Duration duration) {
        closedUntil = Math.max(closedUntil, traffic.now() + duration.toMillis());
        return duration;
    }

    /** Discord asked to wait: who has to depends on the scope it named. */
    Duration limited(Route route, String scope, Duration asked) {
        Duration wait = asked.plus(Rules.MARGIN);
        long until = traffic.now() + wait.toMillis();
        switch (scope) {
            case "global" -> traffic.closeUntil(until);
            case "shared" -> {
                // a channel that counts more than messages after all
                channelCountsAll |= !route.isMessage();
                lane.messages.closeUntil(until);
            }
            default -> closeFor(wait);
        }
        return wait;
    }

    /** Discord takes no edits in this channel for that long. */
    Duration limitedEdits(Duration asked) {
        Duration wait = asked.plus(Rules.MARGIN);
        lane.edits.closeUntil(traffic.now() + wait.toMillis());
        return wait;
    }
}
