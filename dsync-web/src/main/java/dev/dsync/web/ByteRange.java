package dev.dsync.web;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a content that a {@code Range} header asks for.
 *
 * @param first the first byte
 * @param last the last byte, at least {@code first}
 */
record ByteRange(long first, long last) {

    private static final Pattern SINGLE = Pattern.compile("bytes=\\s*([0-9]{0,18})-([0-9]{0,18})\\s*");

    long length() {
        return last - first + 1;
    }

    /**
     * Reads a header. Empty if it asks for nothing that is understood: no bytes, several ranges, nonsense; then the whole
     * content is the right answer.
     *
     * @throws ApiException if the content, of {@code size} bytes, has nothing of what is asked for
     */
    static Optional<ByteRange> read(String header, long size) {
        Matcher range = SINGLE.matcher(header);
        if (!range.matches() || range.group(1).isEmpty() && range.group(2).isEmpty()) {
            return Optional.empty();
        }
        if (range.group(1).isEmpty()) {
            long wanted = Long.parseLong(range.group(2));
            if (wanted == 0 || size == 0) {
                throw unsatisfiable(size);
            }
            return Optional.of(new ByteRange(Math.max(0, size - wanted), size - 1));
        }
        long first = Long.parseLong(range.group(1));
        long last = range.group(2).isEmpty() ? size - 1 : Long.parseLong(range.group(2));
        if (!range.group(2).isEmpty() && last < first) {
            return Optional.empty();
        }
        if (first >= size) {
            throw unsatisfiable(size);
        }
        return Optional.of(new ByteRange(first, Math.min(last, size - 1)));
    }

    private static ApiException unsatisfiable(long size) {
        return new ApiException(416, "range", "the content has " + size + " bytes, nothing of what was asked for");
    }
}
