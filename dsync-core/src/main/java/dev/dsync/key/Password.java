package dev.dsync.key;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * A password that others are measured against: kept as its Argon2id digest alone, with 64 MiB and three passes a guess.
 * Safe for use by many threads; guesses take turns, so that many at once do not take many times the memory.
 */
public final class Password {

    private static final int SALT_BYTES = 16;

    private final byte[] salt = new byte[SALT_BYTES];
    private final SecretBytes digest;
    private final Lock turn = new ReentrantLock();

    /**
     * Takes in a password.
     *
     * @param password stays the caller's to wipe
     * @param random for the salt; should be a {@link java.security.SecureRandom}
     * @throws IllegalArgumentException if it is no text: half of a surrogate pair is missing
     */
    public Password(char[] password, RandomGenerator random) {
        random.nextBytes(salt);
        digest = Argon2id.key(password, salt, PassphraseCost.DEFAULT);
    }

    /** Whether a guess is right. Takes a good part of a second, and as long for a wrong one as for the right one. */
    public boolean matches(char[] guess) {
        turn.lock();
        try (SecretBytes guessed = Argon2id.key(guess, salt, PassphraseCost.DEFAULT)) {
            return guessed.equals(digest);
        } catch (IllegalArgumentException e) {
            // No text at all, so not the password.
            return false;
        } finally {
            turn.unlock();
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
