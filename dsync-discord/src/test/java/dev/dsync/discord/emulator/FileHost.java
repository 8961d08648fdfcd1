package dev.dsync.discord.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.HttpUrl;
import okio.Buffer;

/** Hands out files to whoever has a link that is signed and has not ended. */
final class FileHost {

    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]*)");

    private final World world;

    FileHost(World world) {
        this.world = world;
    }

    MockResponse answer(RecordedRequest request, Optional<Fault> fault) {
        HttpUrl url = request.getUrl();
        StoredFile file = world.files.get(
                url.pathSegments().size() > 2 ? url.pathSegments().get(2) : "");
        if (file == null
                || !isSigned(url)
                || fault.filter(Fault.LINK_EXPIRED_EARLY::equals).isPresent()) {
            return Reply.text(404, "This content is no longer available.");
        }
        Optional<MockResponse> failed = fault.flatMap(FileHost::failed);
        if (failed.isPresent()) {
            return failed.get();
        }
        byte[] content = file.content();
        if (fault.filter(Fault.BIT_FLIPPED::equals).isPresent()) {
            content[content.length / 2] ^= 1;
        }
        return spoil(inRange(request, content, fault), fault);
    }

    private boolean isSigned(HttpUrl url) {
        String ends = url.queryParameter("ex");
        String signature = url.queryParameter("hm");
        Clock clock = world.clock;
        return ends != null
                && signature != null
                && signature.equals(world.signature(url.encodedPath(), ends))
                && clock.millis() / 1000 < Long.parseLong(ends, 16);
    }

    private static Optional<MockResponse> failed(Fault fault) {
        return switch (fault) {
            case BAD_GATEWAY -> Optional.of(Reply.html(502, "502 Bad Gateway"));
            case LIMITED, LIMITED_HTML ->
                Optional.of(Reply.html(429, "429 Too Many Requests")
                        .newBuilder()
                        .setHeader("Retry-After", 3)
                        .build());
            case STALL ->
                Optional.of(new MockResponse.Builder()
                        .onResponseStart(SocketEffect.Stall.INSTANCE)
                        .build());
            case REPLY_LOST ->
                Optional.of(new MockResponse.Builder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build());
            default -> Optional.empty();
        };
    }

    private MockResponse inRange(RecordedRequest request, byte[] content, Optional<Fault> fault) {
        Matcher range = RANGE.matcher(String.valueOf(request.getHeaders().get("Range")));
        boolean ignored = !world.rules.rangesHonoured
                || fault.filter(Fault.RANGE_IGNORED::equals).isPresent();
        if (ignored || !range.matches()) {
            return body(200, content, content.length);
        }
        int from = (int) Math.min(Long.parseLong(range.group(1)), content.length);
        int to = range.group(2).isEmpty()
                ? content.length
                : (int) Math.min(Long.parseLong(range.group(2)) + 1, content.length);
        if (from >= content.length || from >= to) {
            return Reply.text(416, "range not satisfiable")
                    .newBuilder()
                    .setHeader("Content-Range", "bytes */" + content.length)
                    .build();
        }
        if (fault.filter(Fault.WRONG_RANGE::equals).isPresent()) {
            to = from + (to - from) / 2 + 1;
            from = Math.max(0, from - 1);
        }
        byte[] part = Arrays.copyOfRange(content, from, to);
        return body(206, part, part.length)
                .newBuilder()
                .setHeader("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + content.length)
                .build();
    }

    private static MockResponse body(int status, byte[] content, int length) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", "application/octet-stream")
                .setHeader("Accept-Ranges", "bytes")
                .body(new Buffer().write(content, 0, length))
                .build();
    }

    private static MockResponse spoil(MockResponse whole, Optional<Fault> fault) {
        if (fault.isEmpty() || whole.getBody() == null) {
            return whole;
        }
        return switch (fault.get()) {
            case RESET_DOWNLOAD ->
                whole.newBuilder()
                        .onResponseBody(new SocketEffect.CloseSocket())
                        .build();
            case TRUNCATED -> {
                long length = whole.getBody().getContentLength();
                yield half(whole)
                        .newBuilder()
                        .setHeader("Content-Length", length)
                        .onResponseEnd(new SocketEffect.CloseSocket())
                        .build();
            }
            case TRUNCATED_SHORT_LENGTH -> half(whole);
            default -> whole;
        };
    }

    private static MockResponse half(MockResponse whole) {
        try {
            Buffer all = new Buffer();
            whole.getBody().writeTo(all);
            return whole.newBuilder()
                    .body(new Buffer().write(all.readByteString(all.size() / 2)))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
