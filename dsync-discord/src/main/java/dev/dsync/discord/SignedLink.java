package dev.dsync.discord;

import java.time.Instant;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * A link under which an attachment can be read for some hours, without any other right.
 *
 * @param ends when the service stops honouring it: {@code ex} in its query, seconds since 1970 in hexadecimal
 * @param bytes the size of the attachment
 */
record SignedLink(HttpUrl url, Instant ends, long bytes) {

    /** The year 9999 in seconds since 1970: a later end is none of Discord's. */
    private static final long LATEST = 253_402_300_799L;

    /** The link of an attachment; empty if what Discord gave is no link. */
    static Optional<SignedLink> of(Message.Attachment attachment) {
        HttpUrl url = HttpUrl.parse(attachment.url());
        if (url == null || attachment.bytes() < 0) {
            return Optional.empty();
        }
        return Optional.of(new SignedLink(url, ends(url), attachment.bytes()));
    }

    /** When a link ends, as it says itself. */
    static Instant ends(HttpUrl url) {
        String ex = url.queryParameter("ex");
        try {
            return ex == null ? Instant.MAX : Instant.ofEpochSecond(Math.min(Long.parseLong(ex, 16), LATEST));
        } catch (NumberFormatException e) {
            // not understood: it is used until it is refused
            return Instant.MAX;
        }
    }

    boolean isGoodAt(Instant now) {
        return now.plus(Rules.LINK_MARGIN).isBefore(ends);
    }

    @Override
    public String toString() {
        return "link to " + bytes + " bytes, ends " + ends;
    }
}
