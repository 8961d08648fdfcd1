package dev.dsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class LoadTest {

    private static final int CLIENTS = 20;
    private static final int ROUNDS = 2;
    private static final int BYTES = 1_500_000;

    /** More than the whole heap of the server, in one file. */
    private static final long LARGE = 600L << 20;

    @TempDir
    Path home;

    private final OkHttpClient client =
            new OkHttpClient.Builder().readTimeout(0, TimeUnit.SECONDS).build();

    @Test
    void twentyClientsUploadAndDownloadAtOnceInHalfAGigabyteAndLoseNothing() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DashboardProcess.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS + 1);
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            String url = "http://127.0.0.1:" + said.readLine();
            List<Future<?>> all = new ArrayList<>();
            for (int number = 0; number < CLIENTS; number++) {
                int own = number;
                all.add(clients.submit(() -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        String name = "client-" + own + "-" + round + ".bin";
                        byte[] content = content(own, round);
                        upload(url, name, content);
                        assertThat(download(url, name, own % 2 == 0)).as(name).isEqualTo(content);
                    }
                    return null;
                }));
            }
            all.add(clients.submit(() -> {
                uploadLarge(url);
                return null;
            }));
            for (Future<?> each : all) {
                each.get();
            }
            assertThat(new String(
                            answer(
                                    new Request.Builder()
                                            .url(url + "/api/files?path=load")
                                            .build(),
                                    200),
                            StandardCharsets.UTF_8))
                    .contains("client-0-0.bin", "client-19-1.bin");
            assertThat(process.isAlive()).isTrue();
        } finally {
            clients.shutdownNow();
            process.getOutputStream().close();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
        assertThat(process.exitValue()).isZero();
    }

    private static byte[] content(int client, int round) {
        byte[] content = new byte[BYTES];
        new Random(client * 100L + round).nextBytes(content);
        return content;
    }

    private void upload(String url, String name, byte[] content) throws IOException {
        Request request = new Request.Builder()
                .url(url + "/api/files")
                .post(TestDashboard.form("load", name, content))
                .build();
        try (Response response = client.newCall(request).execute()) {
            String answer = response.body().string();
            assertThat(response.code()).as(answer).isEqualTo(201);
            assertThat(answer).contains("\"stored\":true");
        }
    }

    /** Zeros, which cost no space, and no memory here. */
    private void uploadLarge(String url) throws IOException {
        byte[] zeros = new byte[1 << 20];
        RequestBody content = new RequestBody() {
            @Override
            public MediaType contentType() {
                return MediaType.get("application/octet-stream");
            }

            @Override
            public long contentLength() {
                return LARGE;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                for (long written = 0; written < LARGE; written += zeros.length) {
                    sink.write(zeros);
                }
            }
        };
        RequestBody form = new MultipartBody.Builder()
                .setType(MultipartBody.FORM)
                .addFormDataPart("file", "large.bin", content)
                .addFormDataPart("path", "load")
                .build();
        Request request =
                new Request.Builder().url(url + "/api/files").post(form).build();
        try (Response response = client.newCall(request).execute()) {
            String answer = response.body().string();
            assertThat(response.code()).as(answer).isEqualTo(201);
            assertThat(answer).contains("\"stored\":true", String.valueOf(LARGE));
        }
    }

    /** A file as a whole, or as a player asks for it. */
    private byte[] download(String url, String name, boolean played) throws IOException {
        Request.Builder request = new Request.Builder().url(url + "/api/content?path=load/" + name);
        return played ? answer(request.header("Range", "bytes=0-").build(), 206) : answer(request.build(), 200);
    }

    private byte[] answer(Request request, int status) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            assertThat(response.code()).isEqualTo(status);
            return response.body().bytes();
        }
    }
}
