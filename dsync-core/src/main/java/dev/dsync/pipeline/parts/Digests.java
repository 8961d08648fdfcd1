package dev.dsync.pipeline.parts;

import dev.dsync.catalog.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, which every Java platform has. */
public final class Digests {

    private Digests() {}

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform lacks SHA-256, which every one must have", e);
        }
    }

    public static Sha256 sha256(ByteBuffer content) {
        MessageDigest digest = sha256();
        digest.update(content.duplicate());
        return Sha256.of(digest.digest());
    }

    public static Sha256 sha256(byte[] content) {
        return Sha256.of(sha256().digest(content));
    }
}
