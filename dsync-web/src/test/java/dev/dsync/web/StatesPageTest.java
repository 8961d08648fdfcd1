package dev.dsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.discord.emulator.Emulator;
import java.awt.Color;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** States of the page: the first time, trouble, figures, and the shapes it takes. */
class StatesPageTest extends PageTest {

    private static final String PASSWORD = "correct horse";

    private final Emulator discord;

    StatesPageTest() throws IOException {
        discord = Emulator.start(Clock.systemUTC(), 2, 2);
        discord.rules().withoutRateLimits();
    }

    @Override
    TestDashboard dashboard() throws Exception {
        Watching.Sync[] look = new Watching.Sync[1];
        return TestDashboard.start(
                temp.resolve("home"), "127.0.0.1", Optional.empty(), Optional.of((folder, changed) -> {
                    look[0] = changed;
                    return () -> look[0] = null;
                }));
    }

    @AfterEach
    void stopDiscord() throws IOException {
        discord.close();
    }

    private void fill() throws Exception {
        byte[] noise = new byte[400_000];
        new Random(5).nextBytes(noise);
        put("Photos/sunset.png", Pictures.png(900, 600), 400);
        put("Letters/to the bank.txt", "Dear bank,\n".repeat(400).getBytes(StandardCharsets.UTF_8), 30);
        put("Letters/to a friend.txt", "Dear friend,\n".repeat(900).getBytes(StandardCharsets.UTF_8), 3);
        dashboard.post("/api/sync", "").is(200);
        put("Archive.bin", noise, 24 * 200);
        put("Copy of Archive.bin", noise, 24 * 90);
        put("panorama.png", Pictures.png(1600, 500, new Color(0x14532d), new Color(0xfde68a)), 24 * 9);
        put("harbour.png", Pictures.png(900, 700, new Color(0x0f3d5e), new Color(0x9bd3e6)), 26);
        put("Budget 2026.csv", "month,spent\n".repeat(200).getBytes(StandardCharsets.UTF_8), 5);
        put("Ideas.md", "# Ideas\n\nKeep everything safe.\n".getBytes(StandardCharsets.UTF_8), 2);
        dashboard.post("/api/sync", "").is(200);
        put("Ideas.md", "# Ideas\n\nKeep everything safe, and look at it.\n".getBytes(StandardCharsets.UTF_8), 1);
        dashboard.post("/api/sync", "").is(200);
    }

    private void put(String path, byte[] content, int hoursOld) throws IOException {
        Path file = dashboard.synced.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        Files.setLastModifiedTime(
                file, FileTime.from(Clock.systemUTC().instant().minus(Duration.ofHours(hoursOld))));
    }

    @Test
    void firstVisitExplainsWebhooksTestsThemAsTheyArePastedAndKeepsTheirSecret() throws Exception {
        tab.visit(dashboard.url());
        tab.waitForText("Welcome to dsync");
        noBarriers();
        tab.picture("first-run");
        tab.script("document.getElementById('lines').focus()");
        tab.type(discord.urls().get(0) + "\nhttps://example.com/not-a-webhook\n");
        tab.waitForText("Works. Channel");
        tab.waitFor("document.querySelectorAll('.tried .bad').length === 1");
        noBarriers();
        tab.picture("first-run-tested");
        tab.press("Add");
        tab.waitForText("One storage place was added.");
        assertThat(dashboard.home.resolve("webhooks.txt"))
                .content()
                .isEqualTo(discord.urls().get(0) + "\n");
        dashboard.write("a.txt", "to discord");
        tab.press("Sync now");
        tab.waitFor(Tab.row("a.txt"));
        assertThat(discord.files()).isPositive();
        for (String address : List.of("/api/status", "/api/state", "/api/activity")) {
            assertThat(dashboard.get(address).text()).doesNotContain(discord.tokens());
        }
    }

    @Test
    void withoutWebhooksItWorksOnTheLocalFolder() throws Exception {
        tab.visit(dashboard.url());
        tab.press("Go on with this computer’s folder");
        tab.waitForText("Drop files and folders here");
        tab.picture("empty");
        dashboard.upload("", "a.txt", "a".getBytes(StandardCharsets.UTF_8)).is(201);
        tab.waitFor(Tab.row("a.txt"));
        assertThat(dashboard.home.resolve("storage")).isDirectory();
    }

    @Test
    void deadWebhookIsWarnedOfWithWhatItCosts() throws Exception {
        Files.writeString(dashboard.home.resolve("webhooks.txt"), String.join("\n", discord.urls()) + "\n");
        fill();
        tab.visit(dashboard.url());
        tab.waitFor(Tab.row("Ideas.md"));
        assertThat(tab.is("document.querySelector('.banner:not(.offline)').hidden"))
                .isTrue();
        discord.deleteWebhook(0);
        dashboard.write("more.txt", "more");
        tab.press("Sync now");
        tab.waitForText("storage place is gone for good");
        assertThat(tab.text())
                .containsPattern("gone for good\\. (\\d+ files? ha(s|ve) content that lies nowhere else; the next sync"
                        + "|Only older versions of files lie there alone|Nothing lies there alone)");
        noBarriers();
        tab.picture("dead-webhook");
        tab.press("See storage");
        tab.waitForText("Gone for good");
        noBarriers();
        assertThat(tab.text()).doesNotContain(discord.tokens());
    }

    @Test
    void statisticsShowFiguresGrowthTargetsAndACheck() throws Exception {
        fill();
        tab.visit(dashboard.url() + "/#/statistics");
        tab.waitFor("document.querySelector('.plot')");
        assertThat(tab.text()).contains("Saved by deduplication", "Saved by compression", "AES-256-GCM");
        assertThat(tab.text()).containsPattern("\\d+ files would be gone \\(\\d+ packs?, ");
        noBarriers();
        tab.picture("statistics");
        tab.press("Pause watching");
        tab.waitForText("Paused.");
        tab.press("Go on watching");
        tab.waitForText("Changes in the folder are stored by themselves.");
        tab.press("Check now");
        tab.waitForText("All well:");
        noBarriers();
        tab.go("Activity");
        tab.waitForText("all well");
        noBarriers();
        tab.picture("activity");
    }

    @Test
    void lostConnectionIsSaidAndMendsItself() throws Exception {
        fill();
        tab.visit(dashboard.url());
        int port = dashboard.dashboard().port();
        dashboard.dashboard().close();
        tab.waitForText("The dashboard cannot be reached. What you see may be out of date");
        assertThat(tab.is(Tab.row("Ideas.md")))
                .as("what was shown is still there")
                .isTrue();
        noBarriers();
        tab.picture("offline");
        dashboard = TestDashboard.again(temp.resolve("home"), port);
        tab.waitFor("document.querySelector('.offline').hidden");
    }

    @Test
    void timesStayFreshAndTellTheExactOne() throws Exception {
        fill();
        tab.visit(dashboard.url());
        tab.script("""
                (() => { const time = document.querySelector('.line time');
                  time.dateTime = new Date(Date.now() - 7200 * 1000 - 5000).toISOString(); })()""");
        tab.waitFor("document.querySelector('.line time').textContent === '2 hours ago'");
        String year = tab.script("String(new Date(document.querySelector('.line time').dateTime).getFullYear())")
                .asText();
        assertThat(tab.script("document.querySelector('.line time').title").asText())
                .contains(year, ":");
    }

    @ParameterizedTest
    @CsvSource({"light, 1280, 800", "dark, 1280, 800", "light, 390, 800", "dark, 320, 640", "light, 1920, 1080"})
    void everyShapeIsWholeAndReadable(String colours, int width, int height) throws Exception {
        fill();
        tab.resize(width, height);
        tab.colours(colours);
        for (String view : List.of("files", "trash", "statistics", "activity", "setup")) {
            tab.visit(dashboard.url() + "/?" + view + "#/" + view);
            tab.waitFor("!document.querySelector('.loading')");
            if (view.equals("files")) {
                tab.waitFor("document.querySelectorAll('.face img').length >= 1");
            }
            assertThat(tab.is("document.documentElement.scrollWidth <= innerWidth"))
                    .as(view)
                    .isTrue();
            assertThat(tab.shift()).as("layout shift of " + view).isLessThan(0.05);
            noBarriers();
            tab.picture(view + "-" + colours + "-" + width);
        }
    }

    @Test
    void firstPaintIsLightAndNothingJumps() throws Exception {
        fill();
        long before = tab.bytes();
        tab.visit(dashboard.url());
        tab.waitFor("document.querySelectorAll('.face img').length >= 1");
        assertThat(tab.bytes() - before).as("bytes until the list is there").isLessThan(100_000);
        assertThat(tab.shift()).as("cumulative layout shift").isLessThan(0.05);
    }

    @Test
    void passwordIsAskedForWhereThereIsOneAndAgainWhenTheSessionIsOver() throws Exception {
        Path home = temp.resolve("guarded");
        TestDashboard guarded = TestDashboard.start(home, "127.0.0.1", Optional.of(PASSWORD), Optional.empty());
        Tab other = open(1280, 800);
        try {
            other.visit(guarded.url());
            other.waitFor("document.activeElement.id === 'password'");
            assertThat(other.barriers()).isEmpty();
            other.picture("login");
            other.type("wrong");
            other.key("Enter");
            other.waitForText("this is not the password");
            assertThat(other.barriers()).isEmpty();
            other.type(PASSWORD);
            other.key("Enter");
            other.waitForText("Welcome to dsync");
            int port = guarded.dashboard().port();
            guarded.close();
            // A new one knows no sessions.
            guarded = TestDashboard.again(home, port, Optional.of(PASSWORD));
            other.waitFor("document.activeElement.id === 'password'");
        } finally {
            other.close();
            guarded.close();
        }
    }
}
