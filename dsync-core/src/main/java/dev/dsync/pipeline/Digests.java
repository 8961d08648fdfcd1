package dev.dsync.pipeline;

import dev.dsync.catalog.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, which every Java platform has. */
final class Digests {

    private Digests() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform lacks SHA-256, which every one must have", e);
        }
    }

    static Sha256 sha256(ByteBuffer content) {
        MessageDigest digest = sha256();
        digest.update(content.duplicate());
        return Sha256.of(digest.digest());
    }

    static Sha256 sha256(byte[] content) {
        return Sha256.of(sha256().digest(content));
    }
}
