package dev.dsync.key;

import java.util.Arrays;
import java.util.Base64;

/**
 * A vault key as the text that a plain key file holds: the 32 bytes as urlsafe base64 with padding, 44 characters. The
 * same text as a Fernet key.
 */
final class PlainKey {

    /** Length of the text. */
    static final int TEXT_BYTES = 44;

    /** What some editors put before a text in UTF-8. */
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private PlainKey() {}

    /** The text; the caller wipes it. */
    static byte[] text(VaultKey key) {
        try (SecretBytes raw = key.raw()) {
            byte[] bytes = raw.copy();
            byte[] text = Base64.getUrlEncoder().encode(bytes);
            Arrays.fill(bytes, (byte) 0);
            return text;
        }
    }

    /**
     * Reads the text, which may have white space around it, or begin with a byte order mark; the caller closes the key.
     *
     * @throws IllegalArgumentException if it is no key; the message says why and holds nothing of the content
     */
    static VaultKey parse(byte[] content) {
        byte[] text = Arrays.copyOfRange(content, start(content), end(content));
        byte[] bytes = new byte[0];
        try {
            if (text.length != TEXT_BYTES) {
                throw new IllegalArgumentException("has " + text.length + " characters, a key has " + TEXT_BYTES);
            }
            bytes = decode(text);
            if (bytes.length != VaultKey.BYTES) {
                throw notBase64();
            }
            return VaultKey.of(bytes);
        } finally {
            Arrays.fill(text, (byte) 0);
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static byte[] decode(byte[] text) {
        // Python's decoder takes the two other characters of ordinary base64 as well, so a handmade key may have them.
        for (int i = 0; i < text.length; i++) {
            text[i] = text[i] == '+' ? (byte) '-' : text[i] == '/' ? (byte) '_' : text[i];
        }
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            // Not kept as the cause: its message quotes a character of the key.
            throw notBase64();
        }
    }

    private static IllegalArgumentException notBase64() {
        return new IllegalArgumentException(
                "has " + TEXT_BYTES + " characters, but they are not the urlsafe base64 of 32 bytes");
    }

    /** Editors and copying by hand add these; none of them can be part of a key. */
    private static int start(byte[] content) {
        int start = Arrays.mismatch(content, BYTE_ORDER_MARK) == BYTE_ORDER_MARK.length ? BYTE_ORDER_MARK.length : 0;
        while (start < content.length && isBlank(content[start])) {
            start++;
        }
        return start;
    }

    private static int end(byte[] content) {
        int end = content.length;
        while (end > start(content) && isBlank(content[end - 1])) {
            end--;
        }
        return end;
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || character == '\t' || character == '\r' || character == '\n';
    }
}
