package dev.dsync.discord;

import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetUnavailableException;
import java.util.function.BooleanSupplier;

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

    /**
     * The answer to the call; after a few failures the last of them.
     *
     * @param stop whether somebody wants to stop: then a failure is not waited out
     */
    static <T> T with(Call<T> call, BooleanSupplier stop) throws StorageException {
        TargetUnavailableException before = null;
        for (int tries = 1; ; tries++) {
            try {
                return call.run();
            } catch (TargetUnavailableException e) {
                if (stop.getAsBoolean()) {
                    // what the gate says to those who want to stop is no reason
                    throw before != null ? before : e;
                }
                before = e;
                if (tries == Rules.TRIES
                        || e.retryAfter().compareTo(Rules.PATIENCE) > 0
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
    }
}
