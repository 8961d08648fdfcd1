package dev.dsync.key;

import java.util.Optional;

/** What lies in an envelope. The numbers are part of the stored format: never edited, only added to. */
public enum EnvelopeKind {
    COMMIT(1, Optional.of(Purpose.ENVELOPE_COMMIT)),
    ROOT(2, Optional.of(Purpose.ENVELOPE_ROOT)),
    /** A vault key under a passphrase: the one envelope whose purpose key comes from outside the vault. */
    WRAPPED_KEY(3, Optional.empty());

    private final int number;
    private final Optional<Purpose> purpose;

    EnvelopeKind(int number, Optional<Purpose> purpose) {
        this.number = number;
        this.purpose = purpose;
    }

    /** The purpose whose key seals this kind; none if that key is not derived from the vault's. */
    public Optional<Purpose> purpose() {
        return purpose;
    }

    /** The byte that stands for this kind in the associated data. */
    byte number() {
        return (byte) number;
    }
}
