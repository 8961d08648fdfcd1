package dev.dsync.key;

import java.util.random.RandomGenerator;

/** Not random at all: 0, 1, 2 and so on. For bytes that a test pins. */
final class CountingRandom implements RandomGenerator {

    private int next;

    @Override
    public void nextBytes(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) next++;
        }
    }

    @Override
    public long nextLong() {
        return next++;
    }
}
