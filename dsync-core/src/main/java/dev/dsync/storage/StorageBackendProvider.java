package dev.dsync.storage;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * Opens the targets that one kind of line of {@code webhooks.txt} names. Found by {@link java.util.ServiceLoader}; it
 * has a public constructor without parameters.
 */
public interface StorageBackendProvider {

    /** Whether {@link #open} understands the line; decided by its form alone, nothing is opened or sent. */
    boolean understands(String line);

    /**
     * Who the line names, where its form alone tells: so even a target that cannot be opened can be told by its id.
     * Nothing is opened or sent.
     */
    default Optional<TargetId> idOf(String line) {
        return Optional.empty();
    }

    /**
     * Opens the target that the line names.
     *
     * @throws IllegalArgumentException if the line is malformed; the message says what is wrong and repeats no secret
     * @throws StorageException if the target cannot be reached now
     */
    StorageBackend open(String line, Surroundings surroundings) throws StorageException;

    /**
     * What a backend may use of the home it serves.
     *
     * @param home the home; relative folders are relative to it
     * @param state a folder of the home's state that the backend may keep small files in, such as rate windows
     * @param mayCreate whether a place that does not exist yet may be made; false for one the vault has used before
     * @param clock the time
     * @param random for names, jitter and choices; safe for use by many threads, as SecureRandom is
     * @param stop whether somebody wants to stop; what would wait because a target fails is then to fail at once
     */
    record Surroundings(
            Path home, Path state, boolean mayCreate, Clock clock, RandomGenerator random, BooleanSupplier stop) {

        /** Surroundings in which nobody wants to stop. */
        public Surroundings(Path home, Path state, boolean mayCreate, Clock clock, RandomGenerator random) {
            this(home, state, mayCreate, clock, random, () -> false);
        }
    }
}
