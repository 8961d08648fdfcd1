package dev.dsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser: a dashboard of its own for each test, one browser for each class. */
@Tag("browser")
@Timeout(300)
abstract class PageTest {

    private static @Nullable Chromium browser;

    @TempDir
    Path temp;

    TestDashboard dashboard;
    Tab tab;

    @BeforeAll
    static void startBrowser() throws IOException {
        browser = Chromium.start();
    }

    @AfterAll
    static void stopBrowser() throws IOException {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void start() throws Exception {
        dashboard = dashboard();
        tab = open(1280, 800);
    }

    static Tab open(int width, int height) {
        if (browser == null) {
            throw new IllegalStateException("no browser");
        }
        return browser.open(width, height);
    }

    /** The dashboard that a test looks at. */
    TestDashboard dashboard() throws Exception {
        return TestDashboard.start(temp.resolve("home"));
    }

    @AfterEach
    void stop() throws IOException {
        try {
            assertThat(tab.complaints()).as("what browser and page complain of").isEmpty();
            assertThat(tab.requests())
                    .as("addresses that were asked")
                    .allMatch(url -> url.startsWith(dashboard.url() + "/")
                            || url.startsWith("data:")
                            || url.startsWith("blob:" + dashboard.url())
                            || url.startsWith("chrome-extension:"));
        } finally {
            tab.close();
            dashboard.close();
        }
    }

    void noBarriers() {
        assertThat(tab.barriers()).as("what stands in the way of some").isEmpty();
    }
}
