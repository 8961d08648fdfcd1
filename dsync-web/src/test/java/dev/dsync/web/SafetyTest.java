package dev.dsync.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What others might try. */
class SafetyTest {

    @TempDir
    Path temp;

    TestDashboard dashboard;

    @BeforeEach
    void start() throws IOException {
        dashboard = TestDashboard.start(temp.resolve("home"));
    }

    @AfterEach
    void stop() throws IOException {
        dashboard.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private int statusWith(String method, String... headers) throws IOException {
        RequestBody body = method.equals("POST") ? RequestBody.create("", MediaType.get("application/json")) : null;
        return dashboard
                .send(dashboard
                        .request(method.equals("POST") ? "/api/sync" : "/api/files")
                        .headers(okhttp3.Headers.of(headers))
                        .method(method, body)
                        .build())
                .status();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:5000, 200",
        "127.0.0.1, 200",
        "[::1]:7, 200",
        "LOCALHOST:5000, 200",
        "evil.example, 403",
        "evil.example:5000, 403",
        "localhost.evil.example, 403",
        "127.0.0.1.evil.example, 403",
        "192.168.0.7:5000, 403",
    })
    void onlyNamesOfThisMachineAreAnswered(String host, int status) throws IOException {
        assertThat(statusWith("GET", "Host", host)).isEqualTo(status);
        assertThat(dashboard.get("/", "Host", host).status()).isEqualTo(status);
    }

    @Test
    void otherSitesCanNeitherWriteNorRead() throws IOException {
        String own = dashboard.url().replace("localhost", "127.0.0.1");
        assertThat(statusWith("POST")).isEqualTo(200);
        assertThat(statusWith("POST", "Origin", own)).isEqualTo(200);
        for (String origin :
                new String[] {"https://evil.example", "null", "http://127.0.0.1:1", own + ".evil.example"}) {
            assertThat(statusWith("POST", "Origin", origin)).as(origin).isEqualTo(403);
            assertThat(statusWith("GET", "Origin", origin)).as(origin).isEqualTo(403);
        }
        assertThat(statusWith("GET", "Sec-Fetch-Site", "cross-site")).isEqualTo(403);
        assertThat(dashboard
                        .get("/", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/page/app.js", "/openapi.json", "/api/files", "/api/nothing", "/nothing"})
    void everyAnswerTiesTheBrowserDown(String path) throws IOException {
        TestDashboard.Answer answer = dashboard.get(path);
        assertThat(answer.headers().get("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe", "*", "http:", "https:", "data:");
        assertThat(answer.headers().get("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.headers().get("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(answer.headers().get("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(answer.headers().get("Server")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "page.html, text/plain",
        "script.js, text/plain",
        "page.xhtml, text/plain",
        "pic.svg, image/svg+xml",
        "thing.swf, application/octet-stream",
        "noending, application/octet-stream"
    })
    void storedContentNeverRuns(String name, String type) throws IOException {
        dashboard.upload("", name, bytes("<script>alert(1)</script>")).is(201);
        TestDashboard.Answer answer = dashboard.get("/api/content?path=" + name).is(200);
        assertThat(answer.headers().get("Content-Type")).startsWith(type);
        assertThat(answer.headers().get("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.headers().get("Content-Security-Policy")).contains("default-src 'none'", "sandbox");
        if (!type.equals("text/plain")) {
            assertThat(answer.headers().get("Content-Disposition")).startsWith("attachment");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "/../secret", "a/../../secret", "..", "./secret", "a//b"})
    void noPathLeadsOutside(String path) throws IOException {
        Files.writeString(temp.resolve("home/secret"), "secret");
        Files.writeString(temp.resolve("secret"), "secret");
        for (String address : new String[] {"/api/content", "/api/files", "/api/archive", "/api/versions"}) {
            TestDashboard.Answer answer = dashboard.get(address + "?path=" + TestDashboard.encoded(path));
            assertThat(answer.status()).as(address).isBetween(400, 404);
            assertThat(answer.text()).doesNotContain("secret\"}").isNotEqualTo("secret");
        }
        dashboard.get("/api/content?path=%00").is(400);
        dashboard.delete("/api/files?path=" + TestDashboard.encoded(path));
        assertThat(temp.resolve("secret")).exists();
        assertThat(temp.resolve("home/secret")).exists();
        dashboard.upload(path + "/x", "f.txt", bytes("x")).is(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil.txt", "..", "a/b.txt", ""})
    void uploadedNameIsOneNameOrRefused(String name) throws IOException {
        TestDashboard.Answer answer = dashboard.upload("", name, bytes("x"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(temp.resolve("home/evil.txt")).doesNotExist();
        assertThat(leftovers(dashboard.synced)).isZero();
    }

    private static long leftovers(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void uploadFollowsNoLink() throws IOException {
        Path outside = Files.createDirectories(temp.resolve("outside"));
        Files.createDirectories(dashboard.synced);
        Files.createSymbolicLink(dashboard.synced.resolve("link"), outside);
        Files.writeString(outside.resolve("target.txt"), "untouched");
        Files.createSymbolicLink(dashboard.synced.resolve("file"), outside.resolve("target.txt"));
        assertThat(dashboard
                        .upload("link", "x.txt", bytes("x"))
                        .is(409)
                        .json()
                        .get("error")
                        .asText())
                .isEqualTo("in_the_way");
        dashboard.upload("", "file", bytes("x")).is(409);
        assertThat(outside.resolve("x.txt")).doesNotExist();
        assertThat(Files.readString(outside.resolve("target.txt"))).isEqualTo("untouched");
    }

    @Test
    void uploadTooLargeForTheDiskIsRefusedBeforeItIsRead() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", dashboard.dashboard().port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/files HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000000000\r\n"
                            + "Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String answer = new String(socket.getInputStream().readNBytes(900), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 507").contains("disk_full");
        }
        assertThat(leftovers(dashboard.synced)).isZero();
    }

    @Test
    void uploadThatBreaksOffLeavesNothing() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", dashboard.dashboard().port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/files HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n"
                            + "Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n"
                            + "Content-Disposition: form-data; name=\"file\"; filename=\"half.txt\"\r\n\r\nhalf of it")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            Eventually.holds(() -> leftovers(dashboard.synced) == 1);
        }
        Eventually.holds(() -> leftovers(dashboard.synced) == 0);
        assertThat(dashboard.get("/api/files").json().get("files")).isEmpty();
    }

    @Test
    void otherAddressWithoutAPasswordIsRefused() {
        assertThatThrownBy(
                        () -> TestDashboard.start(temp.resolve("open"), "0.0.0.0", Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("password");
    }

    @Test
    void otherAddressWantsThePasswordAndGivesACookieNoScriptSees() throws IOException {
        try (TestDashboard open =
                TestDashboard.start(temp.resolve("open"), "0.0.0.0", Optional.of("long enough"), Optional.empty())) {
            assertThat(open.get("/api/files").is(401).json().get("error").asText())
                    .isEqualTo("login");
            open.get("/api/events").is(401);
            open.get("/").is(200);
            open.get("/api/files", "Host", "evil.example").is(403);
            String own = "http://127.0.0.1:" + open.dashboard().port();
            open.post("/api/login", "{\"password\":\"long enough\"}").is(403);
            assertThat(login(open, own, "wrong").status()).isEqualTo(401);
            TestDashboard.Answer let = login(open, own, "long enough").is(200);
            String cookie = String.valueOf(let.headers().get("Set-Cookie"));
            assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/");
            String session = cookie.substring(0, cookie.indexOf(';'));
            open.get("/api/files", "Cookie", session).is(200);
            open.get("/api/files", "Cookie", session.substring(0, session.length() - 1) + "x")
                    .is(401);
        }
    }

    @Test
    void guessesAreLimited() throws IOException {
        try (TestDashboard open =
                TestDashboard.start(temp.resolve("open"), "127.0.0.1", Optional.of("right"), Optional.empty())) {
            String own = open.url().replace("localhost", "127.0.0.1");
            for (int i = 0; i < 5; i++) {
                login(open, own, "wrong").is(401);
            }
            TestDashboard.Answer refused = login(open, own, "right").is(429);
            assertThat(Integer.parseInt(refused.headers().get("Retry-After"))).isBetween(1, 61);
        }
    }

    private static TestDashboard.Answer login(TestDashboard dashboard, String origin, String password)
            throws IOException {
        return dashboard.send(dashboard
                .request("/api/login")
                .header("Origin", origin)
                .post(RequestBody.create("{\"password\":\"" + password + "\"}", MediaType.get("application/json")))
                .build());
    }
}
