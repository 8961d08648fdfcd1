package dev.dsync.discord.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The emulator by its own: what a client of any kind meets. */
class EmulatorTest {

    private static final MediaType JSON = MediaType.get("application/json");

    private final ManualClock clock = new ManualClock();
    private final OkHttpClient client = new OkHttpClient();
    private Emulator emulator;
    private String url = "";

    private record Answer(int status, String body, Headers headers) {}

    @BeforeEach
    void start() throws IOException {
        emulator = Emulator.start(clock, 1, 1);
        url = emulator.urls().get(0).replace("/api/", "/api/v10/");
    }

    @AfterEach
    void stop() throws IOException {
        emulator.close();
    }

    private Answer send(Request.Builder request) throws IOException {
        Request sent = request.header("User-Agent", "DiscordBot (https://example.org, 1)")
                .build();
        try (Response response = client.newCall(sent).execute()) {
            return new Answer(response.code(), response.body().string(), response.headers());
        }
    }

    private Answer get(String target) throws IOException {
        return send(new Request.Builder().url(target));
    }

    private Answer post(String target, String json) throws IOException {
        return send(new Request.Builder().url(target).post(RequestBody.create(json, JSON)));
    }

    private Answer upload(String name, int bytes) throws IOException {
        MultipartBody body = new MultipartBody.Builder()
                .setType(MultipartBody.FORM)
                .addFormDataPart("payload_json", "{}")
                .addFormDataPart("files[0]", name, RequestBody.create(new byte[bytes]))
                .build();
        return send(new Request.Builder().url(url + "?wait=true").post(body));
    }

    private static String field(String json, String name) {
        return json.replaceAll("(?s).*\"" + name + "\":\"?([^\",}]*).*", "$1");
    }

    @Test
    void whatOnlyBotsMayDoIsRefused() throws IOException {
        String api = url.substring(0, url.indexOf("/webhooks"));
        assertThat(get(api + "/channels/1/messages").status()).isEqualTo(401);
        assertThat(get(api + "/webhooks/1").status()).isEqualTo(401);
        assertThat(get(url + "/messages").status()).isEqualTo(401);
    }

    @Test
    void otherProgramsAreRefused() throws IOException {
        try (Response response =
                client.newCall(new Request.Builder().url(url).build()).execute()) {
            assertThat(response.code()).isEqualTo(403);
            assertThat(response.body().string()).isEqualTo("error code: 1010");
        }
    }

    @Test
    void withoutWaitingThereIsNoMessageInTheAnswer() throws IOException {
        assertThat(post(url, "{\"content\":\"x\"}").status()).isEqualTo(204);
        assertThat(post(url + "?wait=true", "{\"content\":\"x\"}").body()).contains("\"content\":\"x\"");
        assertThat(post(url, "{}").body()).contains("50006");
        assertThat(post(url, "{\"content\":\"" + "x".repeat(2001) + "\"}").body())
                .contains("50035");
    }

    @Test
    void fileNamesThatAreNotPlainAreRewritten() throws IOException {
        assertThat(upload("plain.bin", 1).body()).contains("\"filename\":\"plain.bin\"");
        assertThat(upload("_under score", 1).body()).contains("\"filename\":\"under_score\"");
    }

    @Test
    void theBoundaryOfFilesIsExclusive() throws IOException {
        emulator.rules().fileBytesRefused = 100;
        assertThat(upload("a", 99).status()).isEqualTo(200);
        assertThat(upload("a", 100).status()).isEqualTo(413);
        emulator.rules().requestBytes = 50;
        assertThat(upload("a", 1).body()).contains("40005");
    }

    @Test
    void theBoundaryOfRequestsIsExclusive() throws IOException {
        String json = "{\"content\":\"x\"}";
        emulator.rules().requestBytes = json.length();
        assertThat(post(url, json).status()).isEqualTo(413);
        emulator.rules().requestBytes = json.length() + 1;
        assertThat(post(url, json).status()).isEqualTo(204);
    }

    @Test
    void messagesInTheFormOfOtherServicesAreTaken() throws IOException {
        assertThat(post(url + "/slack", "{\"text\":\"x\"}").body()).isEqualTo("ok");
        assertThat(post(url + "/github", "{\"zen\":\"x\"}").status()).isEqualTo(204);
        assertThat(emulator.messages(0)).hasSize(2);
        assertThat(get(url + "/slack").status()).isEqualTo(405);
    }

    @Test
    void theLimitOfEditsOfOldMessagesHasItsCode() throws IOException {
        emulator.rules().bucketEnforced = false;
        post(url, "{\"content\":\"x\"}");
        String target = url + "/messages/" + emulator.messages(0).get(0);
        Request.Builder edit = new Request.Builder().url(target).patch(RequestBody.create("{\"content\":\"y\"}", JSON));
        for (int i = 0; i < 10; i++) {
            assertThat(send(edit).status()).isEqualTo(200);
        }
        clock.sleep(Duration.ofHours(1).plusMillis(1));
        for (int i = 0; i < 3; i++) {
            assertThat(send(edit).status()).isEqualTo(200);
        }
        assertThat(send(edit).body()).contains("30046").contains("\"retry_after\":6.0");
    }

    @Test
    void aRangeIsAnsweredWithItsPlace() throws IOException {
        String link = field(upload("a", 10).body(), "url");
        Answer part = send(new Request.Builder().url(link).header("Range", "bytes=2-4"));
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.headers().get("Content-Range")).isEqualTo("bytes 2-4/10");
        assertThat(send(new Request.Builder().url(link).header("Range", "bytes=10-"))
                        .status())
                .isEqualTo(416);
    }

    @Test
    void namesFollowDiscordsRules() throws IOException {
        for (String name : new String[] {"", "x".repeat(81), "My Discord", "Clyde"}) {
            RequestBody body = RequestBody.create("{\"name\":\"" + name + "\"}", JSON);
            assertThat(send(new Request.Builder().url(url).patch(body)).status())
                    .as(name)
                    .isEqualTo(400);
            clock.sleep(Duration.ofSeconds(2));
        }
    }

    @Test
    void attachmentsThatAnEditDoesNotNameAreRemoved() throws IOException {
        String message = upload("a", 10).body();
        String target =
                url + "/messages/" + message.replaceAll("(?s).*\"components\":\\[\\],\"id\":\"([0-9]+)\".*", "$1");
        RequestBody text = RequestBody.create("{\"content\":\"x\"}", JSON);
        assertThat(send(new Request.Builder().url(target).patch(text)).body()).contains("\"filename\":\"a\"");
        RequestBody none = RequestBody.create("{\"attachments\":[]}", JSON);
        assertThat(send(new Request.Builder().url(target).patch(none)).body()).contains("\"attachments\":[]");
        assertThat(emulator.files()).isZero();
    }

    @Test
    void linksEnd() throws IOException {
        String link = field(upload("a", 10).body(), "url");
        assertThat(get(link).status()).isEqualTo(200);
        assertThat(get(link.replace("hm=", "hm=0")).status()).isEqualTo(404);
        clock.sleep(Duration.ofHours(24).plusSeconds(1));
        assertThat(get(link))
                .isEqualTo(new Answer(
                        404, "This content is no longer available.", get(link).headers()));
    }

    @Test
    void limitsOfAWebhookAreShownAndKept() throws IOException {
        for (int left = 4; left >= 0; left--) {
            assertThat(get(url).headers().get("X-RateLimit-Remaining")).isEqualTo(String.valueOf(left));
        }
        Answer refused = get(url);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body()).contains("\"retry_after\":2.0").contains("\"global\":false");
        assertThat(get(url.replace("/v10/", "/")).body()).contains("\"retry_after\":2000");
        clock.sleep(Duration.ofSeconds(2));
        assertThat(get(url).status()).isEqualTo(200);
    }

    @Test
    void theLimitOfAChannelIsHidden() throws IOException {
        emulator.rules().bucketEnforced = false;
        for (int i = 0; i < 30; i++) {
            assertThat(post(url, "{\"content\":\"x\"}").status()).isEqualTo(204);
        }
        Answer refused = post(url, "{\"content\":\"x\"}");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers().get("X-RateLimit-Scope")).isEqualTo("shared");
        assertThat(get(url).status()).isEqualTo(200);
    }

    @Test
    void theLimitOfAllIsGlobal() throws IOException {
        emulator.rules().bucketEnforced = false;
        for (int i = 0; i < 50; i++) {
            get(url);
        }
        assertThat(get(url).body()).contains("\"global\":true");
    }

    @Test
    void manyRefusedAnswersBlockTheAddress() throws IOException {
        emulator.rules().invalidLimit = 3;
        for (int i = 0; i < 3; i++) {
            get(url + "x");
        }
        assertThat(get(url).body()).contains("\"code\":0").contains("blocked");
        clock.sleep(Duration.ofMinutes(11));
        assertThat(get(url).status()).isEqualTo(200);
    }
}
