package dev.dsync.key;

import java.nio.charset.StandardCharsets;

/**
 * What a derived key is for. Each purpose has its own key, so that nothing made for one is ever valid for another. The
 * strings are part of the stored format: never edited, only added to.
 */
public enum Purpose {
    /** Not a key: its first 16 bytes are the {@link VaultId}. */
    VAULT_ID("dsync 1 vault id"),
    /** Names the chunks that are stored encrypted. */
    CHUNK_ID("dsync 1 chunk id"),
    /** Names the chunks that a rule leaves unencrypted: their ids must not meet those of encrypted ones. */
    PLAIN_CHUNK_ID("dsync 1 plain chunk id"),
    /** Names the parts of the classic layout, by the SHA-256 of their bytes. */
    CLASSIC_PART("dsync 1 classic part"),
    /** The table by which the chunker finds its cuts. */
    GEAR("dsync 1 gear"),
    /** Packs whose chunks are encrypted. */
    PACK("dsync 1 pack"),
    /** Packs whose chunks lie plain; their directories are sealed. */
    PLAIN_PACK("dsync 1 plain pack"),
    /** Envelopes around commits. */
    ENVELOPE_COMMIT("dsync 1 envelope commit"),
    /** Envelopes around roots. */
    ENVELOPE_ROOT("dsync 1 envelope root");

    private final String text;

    Purpose(String text) {
        this.text = text;
    }

    /** The ASCII bytes that go into the derivation. */
    byte[] info() {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
