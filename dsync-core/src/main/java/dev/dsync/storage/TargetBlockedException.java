package dev.dsync.storage;

/**
 * A person must act before anything more is sent: a full disk, missing rights, an address that is blocked. As a rule that
 * concerns whatever shares the target's account.
 */
public final class TargetBlockedException extends StorageException {

    private static final long serialVersionUID = 1;

    private final boolean ofOneOnly;

    public TargetBlockedException(String message) {
        super(message);
        ofOneOnly = false;
    }

    public TargetBlockedException(String message, Throwable cause) {
        this(message, cause, false);
    }

    private TargetBlockedException(String message, Throwable cause, boolean ofOneOnly) {
        super(message, cause);
        this.ofOneOnly = ofOneOnly;
    }

    /** One that says nothing of other targets of the same account: who may not write one folder may write the next. */
    public static TargetBlockedException ofOne(String message, Throwable cause) {
        return new TargetBlockedException(message, cause, true);
    }

    /** Whether it concerns this target alone, and no other of its account. */
    public boolean isOfOneOnly() {
        return ofOneOnly;
    }
}
