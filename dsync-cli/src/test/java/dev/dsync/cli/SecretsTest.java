package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class SecretsTest {

    private static final String KEY = "Zm9yIHRlc3RzIG9ubHksIG5vdCBhIHJlYWwga2V5ISE=";

    @TempDir
    Path temp;

    @Test
    void tokensAndKeysAreTakenOut() {
        assertThat(Redaction.of("POST https://discord.com/api/v10/webhooks/123/to-ken_X9?wait=true failed"))
                .isEqualTo("POST https://discord.com/api/v10/webhooks/123/***?wait=true failed");
        assertThat(Redaction.of("in https%3A%2F%2Fdiscord.com%2Fapi%2Fwebhooks%2F123%2Fto-ken_X9%3Fwait"))
                .isEqualTo("in https%3A%2F%2Fdiscord.com%2Fapi%2Fwebhooks%2F123%2F***%3Fwait");
        assertThat(Redaction.of("key " + KEY + " here")).isEqualTo("key *** here");
        assertThat(Redaction.of("key=" + KEY.replace("=", "%3D") + "&x")).isEqualTo("key=***&x");
        assertThat(Redaction.of("sha256 " + "ab".repeat(32))).contains("abab");
        assertThat(Redaction.of("nothing to hide = true")).isEqualTo("nothing to hide = true");
    }

    @Test
    void logsArePrivateAndHoldNoSecret() throws IOException {
        TestHome home = new TestHome(temp.resolve("home 100% (a)"));
        home.write("tree/a", "a");
        home.run("sync", "--folder", "tree").ends(0);
        Path log = home.folder.resolve("logs/d-sync.log");
        assertThat(log).content().contains("stored a");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
                .isEqualTo("rw-------");
        assertThat(log).content().doesNotContain(Files.readString(home.folder.resolve(".encryption_key")));
    }

    @Test
    void whatIsLoggedByMistakeIsHiddenStackTracesIncluded() throws IOException {
        TestHome home = new TestHome(temp.resolve("home"));
        try (Logs logs =
                Logs.open(new dev.dsync.vault.Home(home.folder), new Output.Manner(false, true, 0), () -> {})) {
            assertThat(logs).isNotNull();
            LoggerFactory.getLogger("dev.dsync.test")
                    .info("trouble", new IOException("https://discord.com/api/webhooks/1/geheim " + KEY));
            LoggerFactory.getLogger("dev.dsync.upload").info("{}", "{\"url\":\"/webhooks/1/geheim\"}");
        }
        assertThat(home.folder.resolve("logs/d-sync.log"))
                .content()
                .contains("trouble", "webhooks/1/***")
                .doesNotContain("geheim", KEY);
        assertThat(Files.readAllLines(home.folder.resolve("logs/upload.log")))
                .isEqualTo(List.of("{\"url\":\"/webhooks/1/***\"}"));
    }

    @Test
    void logsKeepWithinTheirSize() throws IOException {
        TestHome home = new TestHome(temp.resolve("home 100%"));
        String line = "x".repeat(1000);
        try (Logs logs =
                Logs.open(new dev.dsync.vault.Home(home.folder), new Output.Manner(false, true, 0), () -> {})) {
            assertThat(logs).isNotNull();
            for (int i = 0; i < 30_000; i++) {
                LoggerFactory.getLogger("dev.dsync.test").debug(line);
            }
        }
        assertThat(TestHome.bytesIn(home.folder.resolve("logs"))).isLessThan(25L << 20);
        try (var files = Files.list(home.folder.resolve("logs"))) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void downloadsAreLoggedWhereTheHomeCanBeWrittenTo() throws IOException {
        TestHome home = new TestHome(temp.resolve("home"));
        try (Logs logs =
                Logs.open(new dev.dsync.vault.Home(home.folder), new Output.Manner(false, true, 0), () -> {})) {
            assertThat(logs).isNotNull();
            LoggerFactory.getLogger("dev.dsync.download").info("{}", "{\"from\":0}");
        }
        assertThat(home.folder.resolve("logs/download.log")).hasContent("{\"from\":0}");
        assertThat(home.folder.resolve("logs/d-sync.log")).isEmptyFile();
    }

    @Test
    void whatPeopleWereToldAndWhyACommandFailedIsInTheLog() throws IOException {
        TestHome home = new TestHome(temp.resolve("home"));
        Path file = home.write("tree/a", "a");
        home.run("sync", "--folder", "tree").ends(0);
        Files.delete(file);
        home.run("sync").ends(2);
        assertThat(home.folder.resolve("logs/d-sync.log"))
                .content()
                .contains("INFO  said: made a new key")
                .contains("ERROR said: empty_folder");
    }

    @Test
    void readingWritesNoLogs() throws IOException {
        TestHome home = new TestHome(temp.resolve("home"));
        home.write("tree/a", "a");
        home.run("sync", "--folder", "tree").ends(0);
        TestHome.deleteTree(home.folder.resolve("logs"));
        home.run("ls").ends(0);
        home.run("status").ends(0);
        assertThat(home.folder.resolve("logs")).doesNotExist();
    }
}
