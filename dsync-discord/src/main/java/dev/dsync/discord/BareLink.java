package dev.dsync.discord;

import dev.dsync.storage.BlobNotFoundException;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;

/**
 * An attachment of which nothing is known but a link: it can be read until the link ends, and never after, because a link
 * is made anew only for a message whose number is known.
 */
final class BareLink {

    private final HttpUrl url;
    private final WebhookCalls calls;
    private final Traffic traffic;

    BareLink(HttpUrl url, WebhookCalls calls, Traffic traffic) {
        this.url = url;
        this.calls = calls;
        this.traffic = traffic;
    }

    private interface Use<T> {
        T of(Response response) throws IOException;
    }

    /** How many bytes there are; empty once the link has ended. */
    OptionalLong size() throws StorageException {
        return request("bytes=0-0", response -> {
            if (isRefused(response)) {
                return OptionalLong.empty();
            }
            long length = response.code() == 206
                    ? afterSlash(response.header("Content-Range", "/"))
                    : response.body().contentLength();
            if (length < 0) {
                throw new IOException("does not say how long it is");
            }
            return OptionalLong.of(length);
        });
    }

    private static long afterSlash(String range) {
        String total = range.substring(range.lastIndexOf('/') + 1);
        return total.matches("[0-9]{1,18}") ? Long.parseLong(total) : -1;
    }

    /** Fills the target with the bytes from {@code offset} on. */
    void read(long offset, ByteBuffer target) throws StorageException {
        int start = target.position();
        boolean there = request("bytes=" + offset + "-" + (offset + target.remaining() - 1), response -> {
            if (isRefused(response)) {
                return false;
            }
            ResponseBody body = response.body();
            BufferedSource source = body.source();
            if (response.code() == 200) {
                source.skip(offset);
            }
            while (target.hasRemaining()) {
                if (source.read(target) < 0) {
                    target.position(start);
                    throw new IOException("ended early");
                }
            }
            return true;
        });
        if (!there) {
            throw new BlobNotFoundException("the link to attachment "
                    + url.pathSegments().get(2) + " has ended, and the message that holds it is not known");
        }
    }

    private static boolean isRefused(Response response) {
        return response.code() == 403 || response.code() == 404 || response.code() == 410 || response.code() == 416;
    }

    private <T> T request(String range, Use<T> use) throws StorageException {
        Request request = new Request.Builder()
                .url(url)
                .header("User-Agent", Rules.USER_AGENT)
                .header("Accept-Encoding", "identity")
                .header("Range", range)
                .build();
        calls.countRequests(1);
        try (Response response = traffic.client().newCall(request).execute()) {
            if (!isRefused(response) && response.code() != 200 && response.code() != 206) {
                throw new TargetUnavailableException(
                        "the storage of attachments answered " + response.code(), Rules.FIRST_PAUSE);
            }
            return use.of(response);
        } catch (StorageException e) {
            throw e;
        } catch (IOException e) {
            throw new TargetUnavailableException(
                    "attachment " + url.pathSegments().get(2) + " cannot be read: " + e.getMessage(),
                    Rules.FIRST_PAUSE,
                    e);
        }
    }
}
