package dev.dsync.catalog;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Writes the fields that segments, commits and roots are made of. Integers are varints: 7 bits a byte, lowest first, the
 * high bit set on all but the last. Signed ones are zigzag-coded first. Texts are UTF-8 with their length before them.
 */
final class FieldWriter {

    private byte[] bytes = new byte[256];
    private int length;

    int length() {
        return length;
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    void u8(int value) {
        room(1);
        bytes[length++] = (byte) value;
    }

    void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            u8((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        u8((int) rest);
    }

    void signed(long value) {
        varint(value << 1 ^ value >> 63);
    }

    void raw(byte[] value) {
        raw(value, 0, value.length);
    }

    void raw(byte[] value, int offset, int count) {
        room(count);
        System.arraycopy(value, offset, bytes, length, count);
        length += count;
    }

    void block(byte[] value) {
        varint(value.length);
        raw(value);
    }

    void text(String value) {
        block(utf8(value));
    }

    /**
     * The text in UTF-8, exactly.
     *
     * @throws IllegalArgumentException if it holds half a surrogate pair, which UTF-8 has no bytes for; the encoders of
     *     {@link String} would silently store a question mark instead
     */
    static byte[] utf8(String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a text holds half a surrogate pair", e);
        }
    }

    /** Seconds since 1970 as a signed varint, then nanoseconds as a varint. */
    void time(Instant value) {
        signed(value.getEpochSecond());
        varint(value.getNano());
    }

    private void room(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, count), bytes.length * 2));
        }
    }
}
