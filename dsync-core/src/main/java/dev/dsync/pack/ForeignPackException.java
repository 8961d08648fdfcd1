package dev.dsync.pack;

/**
 * Bytes that are whole, as far as one can tell, but not the pack that should lie there: the wrong blob was asked for or
 * handed out. Look elsewhere; repairing this place is no use.
 */
public final class ForeignPackException extends PackException {

    /** What the bytes are instead. */
    public enum Reason {
        /** Something that is no pack. */
        NOT_A_PACK,
        /** A pack that another vault's key sealed. */
        OTHER_VAULT,
        /** A pack of this vault, but another one: two packs were swapped. */
        OTHER_PACK
    }

    private final Reason reason;

    ForeignPackException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What the bytes are instead. */
    public Reason reason() {
        return reason;
    }
}
