package dev.dsync.cli.settings;

/** How packs are sealed. */
public enum Encryption {
    AES_256_GCM,
    NONE;

    @Override
    public String toString() {
        return this == NONE ? "none" : "aes-256-gcm";
    }
}
