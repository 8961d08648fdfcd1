package dev.dsync.pack;

import java.nio.ByteBuffer;

/**
 * The last part of every pack, from which its directory is found. It is stored sealed, in the pack's last 32 bytes.
 * Integers are unsigned and big-endian.
 *
 * <pre>
 * offset  size  field
 *      0     4  where the sealed directory starts, in bytes from the start of the pack
 *      4     4  length of the directory before sealing, with its padding, in bytes
 *      8     4  number of chunks
 *     12     4  length of the whole pack in bytes
 * </pre>
 */
record PackTrailer(int directoryOffset, int directoryLength, int chunkCount, int packSize) {

    /** Length before sealing. */
    static final int PLAIN_BYTES = 4 * Integer.BYTES;

    /** Length in the pack: one segment. */
    static final int BYTES = PLAIN_BYTES + Suite.TAG_BYTES;

    byte[] encode() {
        return ByteBuffer.allocate(PLAIN_BYTES)
                .putInt(directoryOffset)
                .putInt(directoryLength)
                .putInt(chunkCount)
                .putInt(packSize)
                .array();
    }

    /** The trailer of a pack that is {@code foundSize} bytes long, checked against that length. */
    static PackTrailer decode(byte[] plain, int foundSize) throws DamagedPackException {
        ByteBuffer in = ByteBuffer.wrap(plain);
        PackTrailer trailer = new PackTrailer(in.getInt(), in.getInt(), in.getInt(), in.getInt());
        if (trailer.packSize != foundSize) {
            throw DamagedPackException.in(
                    DamagedPackException.Part.LENGTH,
                    "the pack has " + foundSize + " bytes, its trailer says " + trailer.packSize);
        }
        trailer.requireRoomForDirectory();
        return trailer;
    }

    /** Length of the sealed directory. */
    int sealedDirectoryLength() {
        return Suite.AES_256_GCM.sealedLength(directoryLength);
    }

    private void requireRoomForDirectory() throws DamagedPackException {
        int end = packSize - BYTES;
        boolean inside = directoryOffset >= PackHeader.BYTES
                && directoryLength >= 1
                && directoryOffset <= end
                && directoryLength <= end - directoryOffset;
        if (!inside || !Slack.isPossible(end - directoryOffset - sealedDirectoryLength())) {
            throw DamagedPackException.in(
                    DamagedPackException.Part.TRAILER,
                    "trailer of a pack: a directory of " + directoryLength + " bytes at " + directoryOffset
                            + " does not end where the trailer starts, at " + end);
        }
    }
}
