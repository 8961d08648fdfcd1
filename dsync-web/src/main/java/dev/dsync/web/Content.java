package dev.dsync.web;

import dev.dsync.catalog.Version;
import dev.dsync.pipeline.content.FileContent;
import dev.dsync.source.RelativePath;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * {@code GET} and {@code HEAD /api/content}: one version of a file, streamed from the targets. A range costs no more than
 * the chunks it touches.
 */
final class Content {

    /** What a browser may do with stored content that is opened by itself: nothing but show it. */
    private static final String HARMLESS =
            "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'self'; sandbox";

    /** The browser's own viewer does not work in a sandbox; it runs in a process of its own, without this origin. */
    private static final String HARMLESS_PDF = "default-src 'none'; object-src 'self'; frame-ancestors 'self'";

    /** What browsers call elements that play something. */
    private static final Set<String> PLAYERS = Set.of("video", "audio");

    private static final int PLAYED_BYTES = 1 << 20;

    private final VaultDoor door;
    private final Players players;
    private final Activity activity;

    Content(VaultDoor door, Players players, Activity activity) {
        this.door = door;
        this.players = players;
        this.activity = activity;
    }

    static ApiException nothingStored() {
        return ApiException.notFound("unknown_path", "nothing is stored yet");
    }

    void send(Context context) throws IOException {
        RelativePath path = Paths.required(context);
        try (VaultDoor.Lease lease = door.lease().orElseThrow(Content::nothingStored)) {
            Version version =
                    History.file(lease.vault().catalog(), path, Paths.number(context, "version"), Paths.at(context));
            send(context, lease.vault().content(version));
        }
    }

    private void send(Context context, FileContent content) throws IOException {
        Version version = content.version();
        Conditions conditions =
                new Conditions('"' + version.sha256().map(Object::toString).orElseThrow() + '"', version.modified());
        conditions.require(context);
        conditions.tell(context);
        context.header("Cache-Control", "private, no-cache");
        if (conditions.unchangedFor(context)) {
            context.status(304);
            return;
        }
        Optional<ByteRange> range = range(context, conditions, content.size());
        describe(context, version.path().name());
        context.header("Accept-Ranges", "bytes");
        range.ifPresent(part -> context.status(206)
                .header("Content-Range", "bytes " + part.first() + '-' + part.last() + '/' + content.size()));
        long length = range.map(ByteRange::length).orElse(content.size());
        HttpServletResponse response = context.res();
        response.setContentLengthLong(length);
        if (!context.req().getMethod().equals("HEAD")) {
            transfer(context, content, range);
        }
    }

    private static Optional<ByteRange> range(Context context, Conditions conditions, long size) {
        String header = context.header("Range");
        if (header == null || !conditions.rangeFits(context)) {
            return Optional.empty();
        }
        try {
            return ByteRange.read(header, size).map(range -> taken(context, header, range));
        } catch (ApiException e) {
            context.header("Content-Range", "bytes */" + size);
            throw e;
        }
    }

    /** A player asks for all that follows and takes little of it: as RFC 9110, 15.3.7 allows, it gets a part at a time. */
    private static ByteRange taken(Context context, String header, ByteRange range) {
        boolean player = PLAYERS.contains(String.valueOf(context.header("Sec-Fetch-Dest")));
        return player && header.strip().endsWith("-") && range.length() > PLAYED_BYTES
                ? new ByteRange(range.first(), range.first() + PLAYED_BYTES - 1)
                : range;
    }

    private static void describe(Context context, String name) {
        MediaType type = MediaType.of(name);
        boolean asked = "1".equals(context.queryParam("download"));
        context.contentType(type.name());
        context.header("Content-Disposition", disposition(asked || !type.mayBeOpened(), name));
        context.header("Content-Security-Policy", type.shown() == MediaType.Preview.PDF ? HARMLESS_PDF : HARMLESS);
        context.header("X-Frame-Options", "SAMEORIGIN");
    }

    /** How a browser is told a file's name, by RFC 6266: once for all characters, once for those who know ASCII alone. */
    static String disposition(boolean attachment, String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "!#$&+-.^_`|~".indexOf(c) >= 0);
            encoded.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        String ascii = name.replaceAll("[^ -~]|[\"\\\\%]", "_");
        return (attachment ? "attachment" : "inline") + "; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
    }

    private void transfer(Context context, FileContent content, Optional<ByteRange> range) throws IOException {
        OutputStream out = context.res().getOutputStream();
        Sending sending = new Sending(out);
        try {
            if (range.isPresent()) {
                players.play(content.version(), range.get(), sending);
            } else {
                content.transferTo(0, content.size(), sending);
            }
        } catch (IOException e) {
            if (sending.broken()) {
                // The browser has what it wanted: a player seeks by breaking off.
                return;
            }
            activity.trouble(content.version().path() + " cannot be read: " + e.getMessage());
            if (!context.res().isCommitted()) {
                context.res().reset();
                throw e;
            }
            BrokenOff.end(context);
        }
    }
}
