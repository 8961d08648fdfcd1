package dev.dsync.discord;

import java.nio.LongBuffer;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * At most so many requests in any span of time. A request counts from the moment it is sent, and once answered from the
 * moment of its answer: the service counted it somewhere between the two, and only the later one is surely not too early.
 *
 * <p>Slot 0 holds the time before which nothing may be sent; each further slot the time of one request. Times are in
 * milliseconds since 1970. Those further in the future than the span come from a clock that was wrong and do not count.
 */
final class RateWindow {

    private final int limit;
    private final long spanMillis;
    private final Slots slots;

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
    OptionalInt take(long now) {
        return slots.exclusively(times -> {
            if (waitMillis(times, now) > 0) {
                return OptionalInt.empty();
            }
            int slot = oldest(times, now);
            times.put(slot, now);
            return OptionalInt.of(slot);
        });
    }

    /** The request that took room at {@code sent} has been answered now. */
    void answered(int slot, long sent, long now) {
        slots.exclusively(times -> {
            if (times.get(slot) == sent) {
                times.put(slot, Math.max(sent, now));
            }
            return slot;
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
        int slot = oldest(times, now);
        return counts(times.get(slot), now) ? Math.max(wait, times.get(slot) + spanMillis - now) : wait;
    }

    private int oldest(LongBuffer times, long now) {
        int oldest = 1;
        for (int slot = 1; slot <= limit; slot++) {
            if (!counts(times.get(slot), now)) {
                return slot;
            }
            if (times.get(slot) < times.get(oldest)) {
                oldest = slot;
            }
        }
        return oldest;
    }

    private boolean counts(long time, long now) {
        return time > now - spanMillis && time <= now + spanMillis;
    }
}
