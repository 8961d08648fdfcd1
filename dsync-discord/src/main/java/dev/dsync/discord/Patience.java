package dev.dsync.discord;

import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetUnavailableException;

/**
 * Repeats small requests that may be sent twice. It does not wait itself: the gate closes after each failure, and the
 * next try waits there.
 */
final class Patience {

    /** A request that may be sent again. */
    @FunctionalInterface
    interface Call<T> {
        T run() throws StorageException;
    }

    private Patience() {}

    /** The answer to the call; after a few failures the last of them. */
    static <T> T with(Call<T> call) throws StorageException {
        for (int tries = 1; ; tries++) {
            try {
                return call.run();
            } catch (TargetUnavailableException e) {
                if (tries == Rules.TRIES
                        || e.retryAfter().compareTo(Rules.PATIENCE) > 0
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
    }
}
