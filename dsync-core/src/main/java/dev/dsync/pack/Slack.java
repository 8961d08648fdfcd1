package dev.dsync.pack;

/**
 * The zeros between the sealed directory and the trailer. A directory is padded before it is sealed, so a pack can have
 * any size, but for one thing: when a further segment begins, its tag makes the sealed length jump by 17. The at most
 * {@value Suite#TAG_BYTES} bytes that then miss are these zeros.
 */
final class Slack {

    private Slack() {}

    /** The longest directory, padding included, whose sealed bytes fit in {@code room} bytes. */
    static int longestDirectory(int room) {
        int sealedSegment = Suite.SEGMENT_BYTES + Suite.TAG_BYTES;
        int rest = Math.max(0, room % sealedSegment - Suite.TAG_BYTES);
        return room / sealedSegment * Suite.SEGMENT_BYTES + rest;
    }

    /** Whether a pack can have {@code bytes} bytes between directory and trailer. */
    static boolean isPossible(int bytes) {
        return bytes >= 0 && bytes <= Suite.TAG_BYTES;
    }
}
