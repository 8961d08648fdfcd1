package dev.dsync.key;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * Bytes that nobody may see: they print as {@code ***}, compare in constant time and are overwritten on close. Using
 * them after close is an {@link IllegalStateException}. Safe for use by many threads. Whoever gets one from a method
 * owns it and closes it, unless that method says otherwise.
 */
public final class SecretBytes implements AutoCloseable {

    private final byte[] bytes;
    private boolean closed;

    private SecretBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A secret with a copy of {@code bytes}; the caller still has to wipe its own array. */
    public static SecretBytes of(byte[] bytes) {
        return new SecretBytes(bytes.clone());
    }

    /** A secret made of {@code bytes}, which are overwritten. */
    static SecretBytes taking(byte[] bytes) {
        SecretBytes secret = of(bytes);
        Arrays.fill(bytes, (byte) 0);
        return secret;
    }

    /** How many bytes. */
    public synchronized int length() {
        checkOpen();
        return bytes.length;
    }

    /** A copy of the bytes, which the caller wipes after use. */
    public synchronized byte[] copy() {
        checkOpen();
        return bytes.clone();
    }

    /** Overwrites the bytes; does nothing the second time. */
    @Override
    public synchronized void close() {
        Arrays.fill(bytes, (byte) 0);
        closed = true;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("secret used after it was closed");
        }
    }

    /**
     * Whether both hold the same bytes. Takes the same time wherever they differ; only the length shows. A closed
     * secret equals nothing but itself.
     */
    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof SecretBytes that)) {
            return false;
        }
        // The locks are taken one after the other: held both at once, two crosswise comparisons would block for ever.
        Optional<byte[]> theirs = that.copyIfOpen();
        Optional<byte[]> mine = copyIfOpen();
        boolean equal = mine.isPresent() && theirs.isPresent() && MessageDigest.isEqual(mine.get(), theirs.get());
        mine.ifPresent(copy -> Arrays.fill(copy, (byte) 0));
        theirs.ifPresent(copy -> Arrays.fill(copy, (byte) 0));
        return equal;
    }

    private synchronized Optional<byte[]> copyIfOpen() {
        return closed ? Optional.empty() : Optional.of(bytes.clone());
    }

    /** Nothing of the content: the same number for all. Secrets are not meant to be keys of a map. */
    @Override
    public int hashCode() {
        return SecretBytes.class.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
