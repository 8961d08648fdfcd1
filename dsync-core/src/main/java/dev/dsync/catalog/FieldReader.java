package dev.dsync.catalog;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;

/**
 * Reads what {@link FieldWriter} wrote. The bytes were authenticated before they came here, but by whoever holds the
 * key: every count and length is checked against what is really there before anything is allocated.
 */
final class FieldReader {

    private final String what;
    private final byte[] bytes;
    private int position;

    FieldReader(String what, byte[] bytes) {
        this.what = what;
        this.bytes = bytes;
    }

    boolean atEnd() {
        return position == bytes.length;
    }

    void end() throws MalformedCatalogException {
        if (!atEnd()) {
            throw malformed(bytes.length - position + " bytes too many");
        }
    }

    int u8() throws MalformedCatalogException {
        if (atEnd()) {
            throw malformed("it ends early");
        }
        return bytes[position++] & 0xff;
    }

    long varint() throws MalformedCatalogException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = u8();
            long part = next & 0x7f;
            if (shift == 63 && part > 1 || next == 0 && shift > 0) {
                throw malformed("a number is not in its shortest form");
            }
            value |= part << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw malformed("a number has more than 64 bits");
    }

    long signed() throws MalformedCatalogException {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    /** A number from 0 to {@code max}. */
    int count(int max) throws MalformedCatalogException {
        long value = varint();
        if (value < 0 || value > max) {
            throw malformed("found " + Long.toUnsignedString(value) + " where at most " + max + " is possible");
        }
        return (int) value;
    }

    /** A number of items of which each has at least {@code bytesEach} bytes still to come. */
    int countOf(int bytesEach) throws MalformedCatalogException {
        return count((bytes.length - position) / bytesEach);
    }

    /** A number of 0 or more that fits a long. */
    long natural() throws MalformedCatalogException {
        long value = varint();
        if (value < 0) {
            throw malformed("found " + Long.toUnsignedString(value) + ", which is too large");
        }
        return value;
    }

    byte[] raw(int count) throws MalformedCatalogException {
        if (count > bytes.length - position) {
            throw malformed("it ends early");
        }
        byte[] value = Arrays.copyOfRange(bytes, position, position + count);
        position += count;
        return value;
    }

    byte[] block() throws MalformedCatalogException {
        return raw(countOf(1));
    }

    String text() throws MalformedCatalogException {
        byte[] value = block();
        return utf8(value);
    }

    String utf8(byte[] value) throws MalformedCatalogException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("a text is not UTF-8");
        }
    }

    Instant time() throws MalformedCatalogException {
        try {
            return Instant.ofEpochSecond(signed(), count(999_999_999));
        } catch (DateTimeException e) {
            throw malformed("a time is out of range");
        }
    }

    /** Reads a value whose own rules refuse what is wrong. */
    <T> T checked(Field<T> field) throws MalformedCatalogException {
        try {
            return field.read();
        } catch (IllegalArgumentException e) {
            throw new MalformedCatalogException(
                    what + " is malformed near byte " + position + ": " + e.getMessage(), e);
        }
    }

    MalformedCatalogException malformed(String found) {
        return new MalformedCatalogException(what + " is malformed near byte " + position + ": " + found, null);
    }

    /** One field, read by a constructor that checks it. */
    interface Field<T> {
        T read() throws MalformedCatalogException;
    }
}
