package dev.dsync.discord;

import java.nio.LongBuffer;
import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;

/**
 * At most so many requests in any span of time. The service counts a request somewhere between its sending and its
 * answer, and nobody knows where: so one under way counts as sent just now, and an answered one as sent when its answer
 * came. What another process has under way counts from its sending.
 *
 * <p>Slot 0 holds the time before which nothing may be sent; each further slot the time of one request. Times are in
 * milliseconds since 1970. Those further in the future than the span come from a clock that was wrong and do not count.
 */
final class RateWindow {

    /** The room that one request takes. */
    final class Room {
        private final int slot;
        private final long sent;

        private Room(int slot, long sent) {
            this.slot = slot;
            this.sent = sent;
        }

        /** The request was answered now, or never will be. */
        void answered(long now) {
            leave(Math.max(sent, now));
        }

        /** The request was not sent after all. */
        void giveBack() {
            leave(0);
        }

        private void leave(long time) {
            slots.exclusively(times -> {
                underWay.clear(slot);
                // after a span another process may have taken the slot
                return times.get(slot) == sent ? times.put(slot, time) : times;
            });
        }
    }

    private final int limit;
    private final long spanMillis;
    private final Slots slots;
    private final BitSet underWay = new BitSet();

    RateWindow(int limit, Duration span, Slots slots) {
        this.limit = limit;
        this.spanMillis = span.plus(Rules.MARGIN).toMillis();
        this.slots = slots;
    }

    /** How many slots a window with this limit needs. */
    static int slots(int limit) {
        return 1 + limit;
    }

    /** How long until there is room for a request, in milliseconds. */
    long waitMillis(long now) {
        return slots.exclusively(times -> waitMillis(times, now));
    }

    /** Takes room for a request that is sent now; empty if there is none. */
    Optional<Room> take(long now) {
        return slots.exclusively(times -> {
            if (waitMillis(times, now) > 0) {
                return Optional.empty();
            }
            int slot = oldest(times, now);
            times.put(slot, now);
            underWay.set(slot);
            return Optional.of(new Room(slot, now));
        });
    }

    /** Lets nothing through before the given time. */
    void closeUntil(long time) {
        slots.exclusively(times -> times.put(0, Math.max(times.get(0), time)));
    }

    private long waitMillis(LongBuffer times, long now) {
        long closed = times.get(0) - now;
        // longer than a day is no answer of the service but a clock that was wrong
        long wait = closed > Duration.ofDays(1).toMillis() ? 0 : Math.max(0, closed);
        long oldest = time(times, oldest(times, now), now);
        return counts(oldest, now) ? Math.max(wait, oldest + spanMillis - now) : wait;
    }

    private int oldest(LongBuffer times, long now) {
        int oldest = 1;
        for (int slot = 1; slot <= limit; slot++) {
            if (!counts(time(times, slot, now), now)) {
                return slot;
            }
            if (time(times, slot, now) < time(times, oldest, now)) {
                oldest = slot;
            }
        }
        return oldest;
    }

    private long time(LongBuffer times, int slot, long now) {
        return underWay.get(slot) ? Math.max(now, times.get(slot)) : times.get(slot);
    }

    private boolean counts(long time, long now) {
        return time > now - spanMillis && time <= now + spanMillis;
    }
}
