package dev.dsync.codec;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Memory outside the heap for native code to work in, used again and again: as many pieces as threads ever worked at
 * once, each as large as its largest use so far. Safe for use by many threads.
 */
final class Scratch {

    /** Larger pieces are not kept: a chunk has at most 4 MiB, and hardly more when encoded. */
    private static final int MAX_KEPT_BYTES = 5 << 20;

    private final Queue<ByteBuffer> free = new ConcurrentLinkedQueue<>();

    /** A direct buffer with limit {@code bytes} and whatever content, the caller's until given {@link #back}. */
    ByteBuffer take(int bytes) {
        ByteBuffer piece = free.poll();
        if (piece == null || piece.capacity() < bytes) {
            piece = ByteBuffer.allocateDirect(bytes);
        }
        return piece.clear().limit(bytes);
    }

    void back(ByteBuffer piece) {
        if (piece.capacity() <= MAX_KEPT_BYTES) {
            free.add(piece);
        }
    }
}
