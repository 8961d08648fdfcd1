package dev.dsync.web;

import dev.dsync.catalog.Sha256;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The page itself: HTML, style sheets and scripts, as they lie among the resources. */
final class PageFiles {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*\\.(html|css|js|svg|json)");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "svg", "image/svg+xml",
            "json", "application/json");

    /** One file as it is sent. */
    private static final class PageFile {

        private final byte[] plain;
        private final byte[] compressed;
        private final String etag;

        PageFile(byte[] plain) {
            this.plain = plain;
            this.compressed = Json.compressed(plain);
            this.etag = '"' + digest(plain).toString().substring(0, 16) + '"';
        }

        private static Sha256 digest(byte[] bytes) {
            try {
                return Sha256.of(MessageDigest.getInstance("SHA-256").digest(bytes));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("this Java platform lacks SHA-256, which every one must have", e);
            }
        }
    }

    private final Map<String, Optional<PageFile>> files = new ConcurrentHashMap<>();

    void index(Context context) {
        send(context, "index.html");
    }

    /** {@code GET /openapi.json}. */
    void openApi(Context context) {
        send(context, "openapi.json");
    }

    /** {@code GET /page/NAME}. */
    void named(Context context) {
        send(context, context.pathParam("name"));
    }

    private void send(Context context, String name) {
        PageFile file = files.computeIfAbsent(name, PageFiles::load)
                .orElseThrow(() -> ApiException.notFound("unknown_page", "there is no such page"));
        context.header("ETag", file.etag).header("Cache-Control", "no-cache").header("Vary", "Accept-Encoding");
        if (file.etag.equals(context.header("If-None-Match"))) {
            context.status(304);
            return;
        }
        context.contentType(TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain"));
        String accepted = context.header("Accept-Encoding");
        if (accepted != null && accepted.contains("gzip")) {
            context.header("Content-Encoding", "gzip").result(file.compressed);
        } else {
            context.result(file.plain);
        }
    }

    private static Optional<PageFile> load(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        try (InputStream in = PageFiles.class.getResourceAsStream("page/" + name)) {
            return in == null ? Optional.empty() : Optional.of(new PageFile(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
