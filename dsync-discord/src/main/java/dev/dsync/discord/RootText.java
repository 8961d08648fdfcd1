package dev.dsync.discord;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a root message: a sentence for people who come across it, then the root in base64 as a block of code.
 *
 * <p>The root lies in the text and not in an attachment, because so it is read and replaced with one request, as a whole,
 * and without a link that ends.
 */
final class RootText {

    private static final String INTRODUCTION =
            "dsync finds the files it keeps here through this message. Please leave it.";
    private static final String BEFORE = INTRODUCTION + "\n```\n";
    private static final String AFTER = "\n```";
    private static final Pattern WRITTEN = Pattern.compile("```\\s*([A-Za-z0-9+/]+=*)\\s*```");

    /** The most bytes a root may have. */
    static final int CAPACITY = (Rules.LONGEST_CONTENT - BEFORE.length() - AFTER.length()) / 4 * 3;

    private RootText() {}

    static String of(ByteBuffer root) {
        byte[] bytes = new byte[root.remaining()];
        root.duplicate().get(bytes);
        return BEFORE + Base64.getEncoder().encodeToString(bytes) + AFTER;
    }

    /** The root in the text; empty if there is none. */
    static Optional<ByteBuffer> root(String content) {
        Matcher written = WRITTEN.matcher(content);
        if (!written.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ByteBuffer.wrap(Base64.getDecoder().decode(written.group(1))));
        } catch (IllegalArgumentException e) {
            // someone else's block of code
            return Optional.empty();
        }
    }
}
