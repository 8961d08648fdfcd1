package dev.dsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files in and out, as a script would do it. */
class FilesTest {

    @TempDir
    Path home;

    TestDashboard dashboard;

    @BeforeEach
    void start() throws IOException {
        dashboard = TestDashboard.start(home);
    }

    @AfterEach
    void stop() throws IOException {
        dashboard.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<String> paths(JsonNode list) {
        List<String> paths = new ArrayList<>();
        list.forEach(entry -> paths.add(entry.get("path").asText()));
        return paths;
    }

    @Test
    void emptyHomeHasAnEmptyListAndNoVaultIsMadeByLooking() throws IOException {
        JsonNode list = dashboard.get("/api/files").is(200).json();
        assertThat(list.get("files")).isEmpty();
        assertThat(list.get("folders")).isEmpty();
        assertThat(dashboard.get("/api/status").is(200).json().get("files").asInt())
                .isZero();
        assertThat(dashboard.get("/api/state").json().get("vault").asBoolean()).isFalse();
        assertThat(home.resolve(".encryption_key")).doesNotExist();
    }

    @Test
    void uploadIsListedStoredAndComesBackByteForByte() throws IOException {
        byte[] content = new byte[3_000_000];
        new Random(1).nextBytes(content);
        JsonNode uploaded =
                dashboard.upload("photos/2024", "a b.bin", content).is(201).json();
        assertThat(uploaded.get("stored").asBoolean()).isTrue();
        assertThat(uploaded.get("path").asText()).isEqualTo("photos/2024/a b.bin");
        assertThat(paths(dashboard.get("/api/files").json().get("folders"))).containsExactly("photos");
        JsonNode folder = dashboard.get("/api/files?path=photos/2024").json();
        assertThat(folder.get("files").get(0).get("size").asLong()).isEqualTo(content.length);
        assertThat(dashboard
                        .get("/api/content?path=photos/2024/a%20b.bin")
                        .is(200)
                        .bytes())
                .isEqualTo(content);
        assertThat(Files.readAllBytes(dashboard.synced.resolve("photos/2024/a b.bin")))
                .isEqualTo(content);
    }

    @Test
    void folderMayFollowTheFileInTheForm() throws IOException {
        RequestBody form = new MultipartBody.Builder()
                .setType(MultipartBody.FORM)
                .addFormDataPart("file", "x.txt", RequestBody.create(bytes("x")))
                .addFormDataPart("path", "late")
                .build();
        dashboard.send(dashboard.request("/api/files").post(form).build()).is(201);
        assertThat(dashboard.get("/api/content?path=late/x.txt").is(200).text()).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<img src=x onerror=alert(1)>.txt", "a\nb", "\u202egnp.exe", "ä ö %22 \"quoted\".txt", "a\\b"})
    void oddNamesAreDataAndStayAsTheyAre(String name) throws IOException {
        RequestBody form = TestDashboard.form("", "plain", bytes("odd"));
        dashboard
                .send(dashboard
                        .request("/api/files?name=" + TestDashboard.encoded(name))
                        .post(form)
                        .build())
                .is(201);
        assertThat(paths(dashboard.get("/api/files").json().get("files"))).containsExactly(name);
        TestDashboard.Answer back = dashboard
                .get("/api/content?path=" + TestDashboard.encoded(name))
                .is(200);
        assertThat(back.text()).isEqualTo("odd");
        assertThat(back.headers().get("Content-Disposition")).isPrintable().matches("[ -~]+");
    }

    @Test
    void nameOfThreeHundredBytesIsRefusedCleanlyAndOf255Kept() throws IOException {
        dashboard.upload("", "n".repeat(251) + ".txt", bytes("x")).is(201);
        dashboard.upload("", "n".repeat(300), bytes("x")).is(400);
        assertThat(dashboard.upload("", "ä".repeat(130), bytes("x")).is(400).text())
                .contains("a name has 260 bytes");
        try (var left = Files.list(dashboard.synced)) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void pathAsLongAsSystemsTakeItComesBack() throws IOException {
        String folder = String.join("/", java.util.Collections.nCopies(14, "ä".repeat(120)));
        dashboard.upload(folder, "deep.txt", bytes("deep")).is(201);
        assertThat(dashboard
                        .get("/api/content?path=" + TestDashboard.encoded(folder + "/deep.txt"))
                        .is(200)
                        .text())
                .isEqualTo("deep");
    }

    @Test
    void headHasTheHeadersAndNoBody() throws IOException {
        dashboard.upload("", "a.txt", bytes("twelve bytes")).is(201);
        TestDashboard.Answer head = dashboard.send(
                dashboard.request("/api/content?path=a.txt").head().build());
        assertThat(head.is(200).headers().get("Content-Length")).isEqualTo("12");
        assertThat(head.headers().get("Accept-Ranges")).isEqualTo("bytes");
        assertThat(head.bytes()).isEmpty();
        assertThat(head.headers().get("ETag"))
                .isEqualTo(dashboard.get("/api/content?path=a.txt").headers().get("ETag"));
    }

    @Test
    void browserThatHasTheContentGetsNoneOfIt() throws IOException {
        dashboard.upload("", "a.txt", bytes("one")).is(201);
        TestDashboard.Answer first = dashboard.get("/api/content?path=a.txt").is(200);
        String etag = first.headers().get("ETag");
        assertThat(dashboard
                        .get("/api/content?path=a.txt", "If-None-Match", etag)
                        .is(304)
                        .bytes())
                .isEmpty();
        assertThat(dashboard
                        .get("/api/content?path=a.txt", "If-None-Match", "W/" + etag + ", \"x\"")
                        .status())
                .isEqualTo(304);
        dashboard
                .get(
                        "/api/content?path=a.txt",
                        "If-Modified-Since",
                        first.headers().get("Last-Modified"))
                .is(304);
        dashboard.get("/api/content?path=a.txt", "If-Match", "\"other\"").is(412);
        dashboard
                .get("/api/content?path=a.txt", "Range", "bytes=0-0", "If-Range", "\"other\"")
                .is(200);
        dashboard
                .get("/api/content?path=a.txt", "Range", "bytes=0-0", "If-Range", etag)
                .is(206);
        dashboard.upload("", "a.txt", bytes("two")).is(201);
        dashboard.get("/api/content?path=a.txt", "If-None-Match", etag).is(200);
    }

    @Test
    void everyVersionCanBeReadAndTakenBack() throws IOException {
        dashboard.upload("d", "a.txt", bytes("one")).is(201);
        dashboard.upload("d", "a.txt", bytes("second")).is(201);
        JsonNode versions = dashboard.get("/api/versions?path=d/a.txt").json().get("versions");
        assertThat(versions).hasSize(2);
        assertThat(versions.get(1).get("size").asInt()).isEqualTo(6);
        assertThat(dashboard.get("/api/content?path=d/a.txt&version=1").text()).isEqualTo("one");
        assertThat(dashboard.get("/api/content?path=d/a.txt").text()).isEqualTo("second");
        dashboard.get("/api/content?path=d/a.txt&version=3").is(404);
        dashboard.post("/api/restore?path=d/a.txt&version=1", "").is(200);
        assertThat(dashboard.get("/api/content?path=d/a.txt").text()).isEqualTo("one");
        assertThat(Files.readString(dashboard.synced.resolve("d/a.txt"))).isEqualTo("one");
        assertThat(dashboard.get("/api/versions?path=d/a.txt").json().get("versions"))
                .hasSize(3);
    }

    @Test
    void deletedFileIsInTheTrashAndComesBack() throws IOException {
        dashboard.upload("d", "a.txt", bytes("keep me")).is(201);
        dashboard.upload("d", "b.txt", bytes("other")).is(201);
        dashboard.delete("/api/files?path=d/a.txt").is(200);
        assertThat(dashboard.synced.resolve("d/a.txt")).doesNotExist();
        assertThat(paths(dashboard.get("/api/files?path=d").json().get("files")))
                .containsExactly("d/b.txt");
        JsonNode with = dashboard.get("/api/files?path=d&deleted=true").json().get("files");
        assertThat(paths(with)).containsExactly("d/a.txt", "d/b.txt");
        assertThat(with.get(0).get("deleted").asBoolean()).isTrue();
        assertThat(paths(dashboard.get("/api/trash").json().get("files"))).containsExactly("d/a.txt");
        assertThat(dashboard
                        .get("/api/content?path=d/a.txt")
                        .is(404)
                        .json()
                        .get("error")
                        .asText())
                .isEqualTo("deleted_path");
        assertThat(dashboard.get("/api/content?path=d/a.txt&version=1").is(200).text())
                .isEqualTo("keep me");
        dashboard.post("/api/undelete?path=d/a.txt", "").is(200);
        assertThat(dashboard.get("/api/content?path=d/a.txt").is(200).text()).isEqualTo("keep me");
        assertThat(Files.readString(dashboard.synced.resolve("d/a.txt"))).isEqualTo("keep me");
        assertThat(dashboard.get("/api/trash").json().get("files")).isEmpty();
    }

    @Test
    void wholeFolderGoesAndComesBack() throws IOException {
        dashboard.upload("d/sub", "a.txt", bytes("a")).is(201);
        dashboard.upload("d", "b.txt", bytes("b")).is(201);
        dashboard.delete("/api/files?path=d").is(200);
        assertThat(dashboard.get("/api/files").json().get("folders")).isEmpty();
        dashboard.post("/api/undelete", "{\"paths\":[\"d\"]}").is(200);
        assertThat(dashboard.get("/api/content?path=d/sub/a.txt").text()).isEqualTo("a");
    }

    @Test
    void treeShowsAsItWas() throws Exception {
        dashboard.upload("", "a.txt", bytes("one")).is(201);
        String then = dashboard
                .get("/api/commits")
                .json()
                .get("commits")
                .get(0)
                .get("time")
                .asText();
        dashboard.upload("", "a.txt", bytes("two!")).is(201);
        dashboard.upload("", "b.txt", bytes("b")).is(201);
        JsonNode was = dashboard.get("/api/files?at=" + then).is(200).json();
        assertThat(paths(was.get("files"))).containsExactly("a.txt");
        assertThat(was.get("files").get(0).get("size").asInt()).isEqualTo(3);
        assertThat(dashboard.get("/api/content?path=a.txt&at=" + then).text()).isEqualTo("one");
        assertThat(dashboard
                        .get("/api/files?at=1999-01-01T00:00:00Z")
                        .is(404)
                        .json()
                        .get("error")
                        .asText())
                .isEqualTo("too_early");
        dashboard.get("/api/files?at=yesterday").is(400);
        dashboard.pruneElsewhere();
        assertThat(dashboard.get("/api/files?at=" + then).is(404).text()).contains("nothing is kept from " + then);
        assertThat(dashboard.get("/api/content?path=a.txt&at=" + then).is(404).text())
                .contains("too_early");
    }

    @Test
    void archiveHoldsFoldersAndSelections() throws IOException {
        byte[] big = new byte[2_500_000];
        new Random(3).nextBytes(big);
        dashboard.upload("d/sub", "big.bin", big).is(201);
        dashboard.upload("d", "ü.txt", bytes("umlaut")).is(201);
        dashboard.upload("", "top.txt", bytes("top")).is(201);
        TestDashboard.Answer folder = dashboard.get("/api/archive?path=d").is(200);
        assertThat(folder.headers().get("Content-Disposition")).contains("d.zip");
        Map<String, byte[]> entries = unzip(folder.bytes());
        assertThat(entries).containsOnlyKeys("d/", "d/sub/", "d/sub/big.bin", "d/ü.txt");
        assertThat(entries.get("d/sub/big.bin")).isEqualTo(big);
        RequestBody form = RequestBody.create(
                "paths=" + TestDashboard.encoded("[\"top.txt\",\"d/sub\",\"d/sub/big.bin\"]"),
                MediaType.get("application/x-www-form-urlencoded"));
        Map<String, byte[]> selected = unzip(dashboard
                .send(dashboard.request("/api/archive").post(form).build())
                .is(200)
                .bytes());
        assertThat(selected).containsOnlyKeys("sub/", "sub/big.bin", "top.txt");
        dashboard.get("/api/archive?path=nowhere").is(404);
    }

    private static Map<String, byte[]> unzip(byte[] bytes) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    @Test
    void searchFindsAllWordsInAnyCaseNamesFirst() throws Exception {
        dashboard.write("Reports/2024/Summary.txt", "1");
        dashboard.write("summary/other.txt", "2");
        dashboard.write("unrelated.txt", "3");
        dashboard.post("/api/sync", "").is(200);
        JsonNode found = dashboard.get("/api/search?q=SUMM").json();
        assertThat(paths(found.get("found")))
                .containsExactly("summary", "Reports/2024/Summary.txt", "summary/other.txt");
        assertThat(dashboard
                        .get("/api/search?q=2024+summary")
                        .json()
                        .get("total")
                        .asInt())
                .isEqualTo(1);
        dashboard.upload("", "summary-new.txt", bytes("4")).is(201);
        assertThat(paths(dashboard.get("/api/search?q=summary-new").json().get("found")))
                .containsExactly("summary-new.txt");
    }

    @Test
    void thumbnailIsASmallPictureAndNothingElseGetsOne() throws IOException {
        dashboard.upload("", "p.png", Pictures.png(400, 300)).is(201);
        TestDashboard.Answer thumbnail =
                dashboard.get("/api/thumbnail?path=p.png").is(200);
        assertThat(javax.imageio.ImageIO.read(new ByteArrayInputStream(thumbnail.bytes()))
                        .getWidth())
                .isEqualTo(96);
        dashboard.upload("", "broken.png", bytes("no picture")).is(201);
        dashboard.get("/api/thumbnail?path=broken.png").is(404);
        dashboard
                .get(
                        "/api/thumbnail?path=p.png",
                        "If-None-Match",
                        thumbnail.headers().get("ETag"))
                .is(304);
    }

    @Test
    void excludedUploadIsSaidNotToBeStored() throws IOException {
        JsonNode answer = dashboard.upload("", "x.excluded", bytes("x")).is(201).json();
        assertThat(answer.get("stored").asBoolean()).isFalse();
        assertThat(answer.get("why").asText()).contains("leaves it out");
    }

    @Test
    void growthFollowsCommitsAndKnowsAllVersions() throws IOException {
        dashboard.upload("", "a.txt", bytes("12345")).is(201);
        dashboard.upload("", "a.txt", bytes("123")).is(201);
        JsonNode growth = dashboard.get("/api/growth").json();
        assertThat(growth.get("version_bytes").asInt()).isEqualTo(8);
        JsonNode last = growth.get("points").get(growth.get("points").size() - 1);
        assertThat(last.get("logical_bytes").asInt()).isEqualTo(3);
        assertThat(last.get("files").asInt()).isEqualTo(1);
        assertThat(last.get("stored_bytes").asLong()).isPositive();
    }

    @Test
    void statusNamesTargetsAndWhatTheirLossWouldCost() throws IOException {
        dashboard.upload("", "a.txt", bytes("12345")).is(201);
        JsonNode status = dashboard.get("/api/status").json();
        assertThat(status.get("logical_bytes").asInt()).isEqualTo(5);
        JsonNode target = status.get("targets").get(0);
        assertThat(target.get("state").asText()).isEqualTo("active");
        assertThat(target.get("packs_only_here").asInt()).isEqualTo(1);
        assertThat(target.get("bytes_only_here").asLong()).isPositive();
        assertThat(target.get("wait_seconds").asDouble()).isZero();
        assertThat(status.get("survives_loss_of_any_target").asBoolean()).isFalse();
    }

    @Test
    void problemsAreJsonWithTheRightStatus() throws IOException {
        assertThat(dashboard.get("/api/nothing").is(404).json().get("error").asText())
                .isEqualTo("unknown_address");
        assertThat(dashboard.get("/api/content").is(400).json().get("error").asText())
                .isEqualTo("path");
        dashboard.upload("", "a.txt", bytes("a")).is(201);
        assertThat(dashboard
                        .get("/api/content?path=b.txt")
                        .is(404)
                        .json()
                        .get("detail")
                        .asText())
                .contains("b.txt");
        dashboard.get("/api/files?path=a.txt/b").is(404);
        dashboard.delete("/api/files?path=b.txt").is(404);
        dashboard.delete("/api/files").is(400);
        dashboard.post("/api/files", "{}").is(415);
        dashboard.post("/api/watch", "{\"paused\":true}").is(409);
    }
}
