package dev.dsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.vault.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files on their way in and out. */
class TransfersPageTest extends PageTest {

    private static final String MAIN = "document.querySelector('.view.files')";

    private Path downloads;

    @BeforeEach
    void openFiles() throws Exception {
        downloads = Files.createDirectories(temp.resolve("downloads"));
        tab.downloadsTo(downloads);
        tab.visit(dashboard.url() + "/#/files");
    }

    private Path source(String path, byte[] content) throws IOException {
        Path file = temp.resolve("source").resolve(path);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    private Path source(String path, String content) throws IOException {
        return source(path, content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void uploadShowsItsProgressAndCanBeCancelled() throws Exception {
        Path big = source("big.bin", new byte[30_000_000]);
        tab.upload(1_000_000);
        tab.drop(MAIN, big);
        tab.waitFor("/Sending [1-9][0-9]? %/.test(document.querySelector('.upload-words').textContent)");
        tab.waitFor("document.querySelector('.upload progress').value > 0");
        tab.picture("upload-running");
        tab.press("Cancel big.bin");
        tab.waitForText("Cancelled. Nothing of it was kept");
        noBarriers();
        Eventually.holds(() -> {
            try (var left = Files.list(dashboard.synced)) {
                return left.findAny().isEmpty();
            }
        });
    }

    @Test
    void refusedUploadSaysWhy() throws Exception {
        Files.createDirectories(dashboard.synced.resolve("taken"));
        Path file = source("taken", "x");
        tab.drop(MAIN, file);
        tab.waitForText("in the way at taken");
        tab.waitForText("1 upload failed");
        noBarriers();
    }

    @Test
    void filesAndWholeFoldersAreSentWithAPicker() throws Exception {
        tab.picks(source("a.txt", "a"), source("b.txt", "b"));
        tab.press("Upload files");
        tab.waitForText("2 uploads stored");
        tab.waitFor(Tab.row("a.txt") + " && " + Tab.row("b.txt"));
        source("Album/one/c.txt", "c");
        tab.picks(temp.resolve("source/Album"));
        tab.press("Upload folder");
        tab.waitForText("3 uploads stored");
        assertThat(dashboard.synced.resolve("Album/one/c.txt")).hasContent("c");
        assertThat(dashboard.get("/api/content?path=Album/one/c.txt").text()).isEqualTo("c");
    }

    @Test
    void uploadThatLandedIsTakenBackUntilItIsStored() throws Exception {
        dashboard.upload("", "first.txt", new byte[] {1}).is(201);
        Vault elsewhere = dashboard.writeElsewhere();
        tab.drop(MAIN, source("late.txt", "late"));
        tab.waitForText("In the folder, waiting to be stored");
        assertThat(dashboard.synced.resolve("late.txt")).exists();
        tab.press("Cancel late.txt");
        tab.waitForText("Cancelling");
        noBarriers();
        tab.picture("upload-cancelling");
        Eventually.holds(() -> Files.notExists(dashboard.synced.resolve("late.txt")));
        elsewhere.close();
        tab.waitForText("Cancelled. Nothing of it was kept");
        dashboard.get("/api/versions?path=late.txt").is(404);
    }

    @Test
    void allUploadsAreCancelledAtOnceAndWhatTheyMadeIsGone() throws Exception {
        for (int i = 0; i < 12; i++) {
            source("Many/file-" + i + ".bin", new byte[2_000_000]);
        }
        tab.upload(100_000);
        tab.drop(MAIN, temp.resolve("source/Many"));
        tab.waitFor("document.querySelectorAll('.upload[data-state=sending]').length === 3");
        tab.press("Cancel all");
        tab.waitForText("12 cancelled");
        assertThat(tab.is("[...document.querySelectorAll('.upload')].every(e => e.dataset.state === 'cancelled')"))
                .isTrue();
        Eventually.holds(() -> {
            try (var left = Files.walk(dashboard.home)) {
                return left.noneMatch(file -> file.getFileName().toString().startsWith(".dsync-tmp-")
                        || file.toString().endsWith(".bin"));
            }
        });
    }

    @Test
    void uploadWhoseConnectionBrokeIsSentAgain() throws Exception {
        tab.upload(200_000);
        tab.drop(MAIN, source("big.bin", new byte[10_000_000]));
        tab.waitFor("/Sending [1-9]/.test(document.querySelector('.upload-words').textContent)");
        assertThat(tab.is("(() => { const leaving = new Event('beforeunload', {cancelable: true});"
                        + " dispatchEvent(leaving); return leaving.defaultPrevented; })()"))
                .as("warns before what is not sent is lost")
                .isTrue();
        int port = dashboard.dashboard().port();
        dashboard.close();
        tab.waitForText("The connection broke. Nothing of it was kept");
        noBarriers();
        tab.picture("upload-broken");
        dashboard = TestDashboard.again(temp.resolve("home"), port);
        tab.upload(-1);
        tab.press("Send big.bin again");
        tab.waitForText("1 upload stored");
        assertThat(dashboard.synced.resolve("big.bin")).hasSize(10_000_000);
    }

    @Test
    void uploadThatIsOnlyInTheFolderSaysSo() throws Exception {
        tab.drop(MAIN, source("left.excluded", "left"));
        tab.waitForText("In the folder, but not stored: a rule leaves it out");
        tab.waitForText("1 not stored");
        assertThat(dashboard.synced.resolve("left.excluded")).exists();
    }

    @Test
    void oneFileIsDownloadedAsItselfSeveralAndFoldersAsAZip() throws Exception {
        byte[] noise = new byte[300_000];
        new Random(9).nextBytes(noise);
        dashboard.upload("d", "noise.bin", noise).is(201);
        dashboard
                .upload("", "a b.txt", "first".getBytes(StandardCharsets.UTF_8))
                .is(201);
        dashboard.upload("", "a b.txt", "now".getBytes(StandardCharsets.UTF_8)).is(201);
        tab.select("a b.txt");
        tab.press("Download");
        Path single = downloads.resolve("a b.txt");
        Eventually.holds(() -> Files.exists(single) && Files.readString(single).equals("now"));
        // In a folder of its own: a browser that has not quite ended a download gives the next one another name.
        Path older = Files.createDirectories(temp.resolve("older")).resolve("a b.txt");
        tab.downloadsTo(older.getParent());
        tab.press("Versions");
        tab.press("Download version 1");
        Eventually.holds(() -> Files.exists(older) && Files.readString(older).equals("first"));
        tab.downloadsTo(downloads);
        tab.key("Escape");
        tab.waitFor("!document.querySelector('dialog')");
        tab.select("d");
        tab.waitForText("2 selected");
        tab.press("Download");
        assertThat(namesIn(zip(1))).containsExactlyInAnyOrder("a b.txt", "d/", "d/noise.bin");
        assertThat(tab.offers("Clear selection")).as("the page is still there").isTrue();
        tab.press("Clear selection");
        tab.select("d");
        tab.press("Download");
        Path folder = zip(2);
        assertThat(folder.getFileName()).hasToString("d.zip");
        try (ZipFile file = new ZipFile(folder.toFile())) {
            assertThat(file.getInputStream(file.getEntry("d/noise.bin")).readAllBytes())
                    .isEqualTo(noise);
        }
    }

    /** The newest of so many ZIP files, once it is there. */
    private Path zip(int count) throws Exception {
        Eventually.holds(() -> zips().size() == count);
        return zips().get(count - 1);
    }

    private List<Path> zips() throws IOException {
        try (var all = Files.list(downloads)) {
            // An empty one only keeps the name until the download has ended.
            return all.filter(file ->
                            file.toString().endsWith(".zip") && file.toFile().length() > 0)
                    .sorted((a, b) ->
                            Long.compare(a.toFile().lastModified(), b.toFile().lastModified()))
                    .toList();
        }
    }

    private static List<String> namesIn(Path zip) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            return file.stream().map(entry -> entry.getName()).toList();
        }
    }
}
