package dev.dsync.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dsync.codec.Compression;
import dev.dsync.key.Password;
import dev.dsync.pack.PackFormat;
import dev.dsync.pipeline.Keeps;
import dev.dsync.pipeline.PruneOptions;
import dev.dsync.pipeline.SyncEvent;
import dev.dsync.pipeline.SyncOptions;
import dev.dsync.pipeline.SyncReport;
import dev.dsync.source.ExcludeRules;
import dev.dsync.storage.StorageBackendProvider;
import dev.dsync.vault.Home;
import dev.dsync.vault.Vault;
import dev.dsync.vault.VaultBuilder;
import java.io.Closeable;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** A dashboard of a home of its own on a free port, and a plain client for it. */
final class TestDashboard implements Closeable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a request was answered with. */
    record Answer(int status, Headers headers, byte[] bytes) {

        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        JsonNode json() throws IOException {
            return JSON.readTree(bytes);
        }

        Answer is(int wanted) {
            if (status != wanted) {
                throw new AssertionError("answered with " + status + ", wanted " + wanted + ": " + text());
            }
            return this;
        }
    }

    final Path home;
    final Path synced;
    private final Dashboard dashboard;
    private final OkHttpClient client = new OkHttpClient.Builder()
            .followRedirects(false)
            .readTimeout(300, TimeUnit.SECONDS)
            .build();

    private TestDashboard(Path home, Dashboard dashboard) {
        this.home = home;
        this.synced = home.resolve("d-synced");
        this.dashboard = dashboard;
    }

    static TestDashboard start(Path home) throws IOException {
        return start(home, "127.0.0.1", Optional.empty(), Optional.empty());
    }

    static TestDashboard start(Path home, String host, Optional<String> password, Optional<Watching> watching)
            throws IOException {
        return start(home, host, 0, password, watching, () -> builder(home));
    }

    /** One whose targets are what a provider makes of the lines. */
    static TestDashboard on(Path home, StorageBackendProvider targets) throws IOException {
        return start(
                home,
                "127.0.0.1",
                0,
                Optional.empty(),
                Optional.empty(),
                () -> builder(home).providers(List.of(targets)));
    }

    /** One in the place of another that was closed. */
    static TestDashboard again(Path home, int port) throws IOException {
        return again(home, port, Optional.empty());
    }

    static TestDashboard again(Path home, int port, Optional<String> password) throws IOException {
        return start(home, "127.0.0.1", port, password, Optional.empty(), () -> builder(home));
    }

    private static TestDashboard start(
            Path home,
            String host,
            int port,
            Optional<String> password,
            Optional<Watching> watching,
            Supplier<VaultBuilder> vault)
            throws IOException {
        Files.createDirectories(home);
        SecureRandom random = new SecureRandom();
        DashboardSettings settings = new DashboardSettings(
                host,
                port,
                new Home(home),
                vault,
                Optional.empty(),
                TestDashboard::syncOptions,
                ExcludeRules.of(List.of("*.excluded")),
                watching,
                password.map(text -> new Password(text.toCharArray(), random)),
                text -> text,
                Clock.systemUTC(),
                random);
        return new TestDashboard(home, Dashboard.start(settings));
    }

    private static SyncOptions syncOptions(java.util.function.BooleanSupplier stop) {
        return SyncOptions.builder().stop(stop).build();
    }

    private static VaultBuilder builder(Path home) {
        return Vault.in(home).threads(2).memoryBytes(64 << 20);
    }

    Dashboard dashboard() {
        return dashboard;
    }

    String url() {
        return dashboard.url();
    }

    /** Frees, in a vault of its own, whatever nothing needs. */
    void pruneElsewhere() throws Exception {
        try (Vault vault = builder(home).open()) {
            vault.prune(new PruneOptions(
                    new Keeps(Duration.ZERO, 1, Duration.ZERO),
                    false,
                    true,
                    PackFormat.DEFAULT_PACK_SIZE,
                    1,
                    Compression.zstd(3),
                    notice -> {},
                    () -> false));
        }
    }

    /** What the command line does in the same home, in a vault of its own. */
    SyncReport syncElsewhere() throws Exception {
        try (Vault vault = builder(home).open()) {
            Files.createDirectories(synced);
            vault.setSyncedFolder(synced, false);
            return vault.sync(SyncOptions.standard(), ExcludeRules.NONE, SyncEvent.Listener.SILENT);
        }
    }

    /** Another process that writes in the home, until it is closed. */
    Vault writeElsewhere() throws IOException {
        return builder(home).open();
    }

    Path write(String path, String content) throws IOException {
        Path file = synced.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    Request.Builder request(String path) {
        return new Request.Builder().url(url().replace("localhost", "127.0.0.1") + path);
    }

    Answer send(Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            return new Answer(
                    response.code(), response.headers(), response.body().bytes());
        }
    }

    OkHttpClient client() {
        return client;
    }

    Answer get(String path, String... headers) throws IOException {
        return send(request(path).headers(Headers.of(headers)).build());
    }

    Answer post(String path, String json) throws IOException {
        return send(request(path)
                .post(RequestBody.create(json, MediaType.get("application/json")))
                .build());
    }

    Answer delete(String path) throws IOException {
        return send(request(path).delete().build());
    }

    Answer upload(String folder, String name, byte[] content, String... headers) throws IOException {
        return send(request("/api/files")
                .headers(Headers.of(headers))
                .post(form(folder, name, content))
                .build());
    }

    static RequestBody form(String folder, String name, byte[] content) {
        return new MultipartBody.Builder()
                .setType(MultipartBody.FORM)
                .addFormDataPart("path", folder)
                .addFormDataPart("file", name, RequestBody.create(content))
                .build();
    }

    @Override
    public void close() throws IOException {
        dashboard.close();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
