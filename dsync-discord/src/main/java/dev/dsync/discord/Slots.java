package dev.dsync.discord;

import java.nio.LongBuffer;
import java.util.function.Function;

/** A few numbers that several threads, and perhaps several processes, change one after the other. */
interface Slots {

    /** Runs {@code use} on the numbers while nobody else does. What it leaves in them is kept. */
    <T> T exclusively(Function<LongBuffer, T> use);

    /** Slots that are forgotten with the process. */
    static Slots inMemory(int count) {
        LongBuffer numbers = LongBuffer.allocate(count);
        return new Slots() {
            @Override
            public synchronized <T> T exclusively(Function<LongBuffer, T> use) {
                return use.apply(numbers);
            }
        };
    }
}
