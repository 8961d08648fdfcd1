package dev.dsync.pack;

import java.util.OptionalInt;

/**
 * A pack of this vault with bytes missing or changed. Fetch it once more, whole; if it is damaged again, this copy is
 * lost and another one must serve.
 */
public final class DamagedPackException extends PackException {

    /** Where the damage is. */
    public enum Part {
        HEADER,
        CHUNK,
        DIRECTORY,
        TRAILER,
        /** The end: there are fewer or more bytes than the pack has. */
        LENGTH
    }

    private final Part part;
    private final OptionalInt chunkIndex;

    private DamagedPackException(Part part, OptionalInt chunkIndex, String message) {
        super(message);
        this.part = part;
        this.chunkIndex = chunkIndex;
    }

    static DamagedPackException in(Part part, String message) {
        return new DamagedPackException(part, OptionalInt.empty(), message);
    }

    static DamagedPackException inChunk(int index, String message) {
        return new DamagedPackException(Part.CHUNK, OptionalInt.of(index), message);
    }

    /** Where the damage is. */
    public Part part() {
        return part;
    }

    /** Which chunk is damaged, where {@link #part} is {@link Part#CHUNK}. */
    public OptionalInt chunkIndex() {
        return chunkIndex;
    }
}
