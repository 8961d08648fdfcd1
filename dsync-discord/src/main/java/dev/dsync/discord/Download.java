package dev.dsync.discord;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.dsync.storage.BlobNotFoundException;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import okhttp3.Headers;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one range of one attachment. What arrives is believed only as far as its place and length are as asked; what
 * breaks off goes on from there; a link that is refused is renewed, once.
 */
final class Download {

    /** Holds one JSON object a line for each request: what was read of which blob, and how it ended. */
    private static final Logger LOG = LoggerFactory.getLogger("dev.dsync.download");

    private enum Outcome {
        COMPLETE,
        BROKEN_OFF,
        RANGE_NOT_HONOURED,
        LINK_REFUSED
    }

    private final WebhookCalls calls;
    private final Links links;
    private final Traffic traffic;
    private final BackOff backOff;
    private final DiscordAddress address;
    private final long offset;
    private final ByteBuffer target;
    private final int start;
    private boolean whole;
    private boolean renewed;
    private int fruitless;
    private Duration asked = Duration.ZERO;
    private String trouble = "";

    Download(WebhookCalls calls, Links links, Traffic traffic, DiscordAddress address, long offset, ByteBuffer target) {
        this.calls = calls;
        this.links = links;
        this.traffic = traffic;
        this.backOff = traffic.newBackOff();
        this.address = address;
        this.offset = offset;
        this.target = target;
        this.start = target.position();
    }

    /** Fills the target. If that fails, the target's position is where it was. */
    void run() throws StorageException {
        boolean done = false;
        try {
            SignedLink link = checked(links.good(address));
            while (target.hasRemaining()) {
                link = step(link);
            }
            done = true;
        } finally {
            if (!done) {
                target.position(start);
            }
        }
    }

    private SignedLink checked(SignedLink link) throws BlobNotFoundException {
        if (link.bytes() - offset < target.limit() - start) {
            throw new BlobNotFoundException("attachment " + address.toBlobAddress() + " has " + link.bytes()
                    + " bytes, wanted " + (target.limit() - start) + " from " + offset);
        }
        return link;
    }

    /** One request; returns the link to go on with. */
    private SignedLink step(SignedLink link) throws StorageException {
        int before = target.position();
        Outcome outcome = request(link);
        log(before, outcome);
        switch (outcome) {
            case COMPLETE -> {}
            case RANGE_NOT_HONOURED -> whole = true;
            case BROKEN_OFF -> {
                fruitless = target.position() > before ? 1 : fruitless + 1;
                pause();
            }
            case LINK_REFUSED -> {
                if (renewed) {
                    throw refusedAgain();
                }
                renewed = true;
                return checked(links.insteadOf(link, address));
            }
        }
        return link;
    }

    private void log(int before, Outcome outcome) {
        if (LOG.isInfoEnabled()) {
            LOG.info(
                    "{}",
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("time", Instant.ofEpochMilli(traffic.now()).toString())
                            .put("message", address.messageId())
                            .put("attachment", address.attachmentId())
                            .put("from", at(before))
                            .put("to", at(target.position()))
                            .put("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .put("answer", trouble));
        }
    }

    private long at(int position) {
        return offset + position - start;
    }

    private StorageException refusedAgain() {
        String what = "attachment " + address.toBlobAddress() + " is refused with a fresh link too: " + trouble;
        return trouble.startsWith("404")
                ? new BlobNotFoundException(what)
                : new TargetUnavailableException(what, Rules.LONGEST_PAUSE);
    }

    private void pause() throws StorageException {
        Duration pause = backOff.failed();
        if (asked.compareTo(pause) > 0) {
            pause = asked;
        }
        if (fruitless >= Rules.TRIES || pause.compareTo(Rules.PATIENCE) > 0) {
            links.forget(address);
            throw unreadable(pause);
        }
        try {
            traffic.sleepUntilStopped(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetUnavailableException("interrupted while reading from Discord", Duration.ZERO, e);
        }
        if (traffic.isStopping()) {
            throw unreadable(pause);
        }
    }

    private TargetUnavailableException unreadable(Duration pause) {
        return new TargetUnavailableException(
                "attachment " + address.toBlobAddress() + " cannot be read: " + trouble, pause);
    }

    private Outcome request(SignedLink link) throws StorageException {
        traffic.checkNotBlocked();
        long from = at(target.position());
        Request.Builder request = new Request.Builder()
                .url(link.url())
                .header("User-Agent", Rules.USER_AGENT)
                .header("Accept-Encoding", "identity");
        if (!whole) {
            request.header("Range", "bytes=" + from + "-" + (from + target.remaining() - 1));
        }
        calls.countRequests(1);
        asked = Duration.ZERO;
        try (Response response = traffic.client().newCall(request.build()).execute()) {
            trouble = String.valueOf(response.code());
            return take(response, link, from);
        } catch (IOException e) {
            trouble = e.toString();
            return Outcome.BROKEN_OFF;
        }
    }

    private Outcome take(Response response, SignedLink link, long from) throws IOException {
        int status = response.code();
        if (status == 206) {
            return isRange(response.headers(), from, link.bytes())
                    ? fill(response.body().source())
                    : Outcome.RANGE_NOT_HONOURED;
        }
        if (status == 200) {
            return takeWhole(response, link, from);
        }
        if (status == 429 || status >= 500) {
            asked = Answer.of(status, response.headers(), "").retryAfter();
            return Outcome.BROKEN_OFF;
        }
        return Outcome.LINK_REFUSED;
    }

    private boolean isRange(Headers headers, long from, long bytes) {
        String expected = "bytes " + from + "-" + (from + target.remaining() - 1) + "/";
        String found = headers.get("Content-Range");
        return !whole && found != null && (found.equals(expected + bytes) || found.equals(expected + "*"));
    }

    private Outcome takeWhole(Response response, SignedLink link, long from) throws IOException {
        long length = response.body().contentLength();
        if (length >= 0 && length != link.bytes()) {
            trouble = "200 with " + length + " bytes of " + link.bytes();
            return Outcome.BROKEN_OFF;
        }
        BufferedSource body = response.body().source();
        body.skip(from);
        return fill(body);
    }

    private Outcome fill(BufferedSource body) throws IOException {
        while (target.hasRemaining()) {
            if (body.read(target) < 0) {
                trouble += ", ended early";
                return Outcome.BROKEN_OFF;
            }
        }
        return Outcome.COMPLETE;
    }
}
