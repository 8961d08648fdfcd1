package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.dsync.discord.emulator.Emulator;
import dev.dsync.discord.emulator.Fault;
import dev.dsync.discord.emulator.Faults.Where;
import dev.dsync.key.KeyFile;
import dev.dsync.key.Purpose;
import dev.dsync.key.SecretBytes;
import dev.dsync.key.VaultKey;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A day of a home on Discord with all its troubles, everything said as loudly as it can be: no secret is in any of it. */
@Timeout(300)
class FullRunSecretsTest {

    @TempDir
    Path temp;

    Emulator discord;
    TestHome home;
    private final StringBuilder said = new StringBuilder();
    private final Events events = new Events(said);
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    /** Every event of every logger, at any level, before anything is taken out of it. */
    private static final class Events extends AppenderBase<ILoggingEvent> {

        private final StringBuilder into;
        private final PatternLayout layout = new PatternLayout();

        Events(StringBuilder into) {
            this.into = into;
        }

        @Override
        public void start() {
            layout.setContext(getContext());
            layout.setPattern("%logger %msg%n%xEx");
            layout.start();
            super.start();
        }

        @Override
        protected void append(ILoggingEvent event) {
            into.append(layout.doLayout(event));
        }
    }

    @BeforeEach
    void listen() throws IOException {
        discord = Emulator.start(Clock.systemUTC(), 3, 3);
        discord.rules().withoutRateLimits();
        home = TestHome.inRealTime(temp.resolve("home"));
        home.environment.put("DSYNC_DEBUG", "1");
        home.write("webhooks.txt", String.join("\n", discord.urls()) + "\n");
        byte[] content = new byte[300_000];
        new Random(3).nextBytes(content);
        Files.write(home.write("tree/a.bin", ""), content);
        home.write("tree/b.txt", "b");
        events.setContext(root.getLoggerContext());
        events.start();
        for (String name : List.of(org.slf4j.Logger.ROOT_LOGGER_NAME, "dev.dsync.upload", "dev.dsync.download")) {
            ((Logger) LoggerFactory.getLogger(name)).addAppender(events);
        }
    }

    @AfterEach
    void stop() throws IOException {
        for (String name : List.of(org.slf4j.Logger.ROOT_LOGGER_NAME, "dev.dsync.upload", "dev.dsync.download")) {
            ((Logger) LoggerFactory.getLogger(name)).detachAppender(events);
        }
        discord.close();
    }

    private void run(String... command) {
        String[] all = Stream.concat(Stream.of("-v", "-v"), Stream.of(command)).toArray(String[]::new);
        TestHome.Run run = home.run(all);
        said.append(run.out()).append(run.err());
    }

    private void aDayOfTroubles() throws IOException {
        discord.faults().next(Where.UPLOAD, Fault.REPLY_LOST, 1);
        run("sync", "--folder", "tree");
        home.write("tree/b.txt", "changed");
        discord.faults().next(Where.UPLOAD, Fault.LIMITED, 1);
        run("sync");
        discord.faults().next(Where.FILE, Fault.LINK_EXPIRED_EARLY, 1);
        discord.faults().next(Where.FILE, Fault.BIT_FLIPPED, 1);
        run("restore", "--to", "back");
        run("targets", "test");
        run("check", "--read-data");
        discord.changeToken(1);
        home.write("tree/c.txt", "c");
        run("sync");
        discord.faults().next(Where.UPLOAD, Fault.BLOCKED_1010, 1);
        home.write("tree/d.txt", "d");
        run("sync");
        for (String command : List.of("status", "targets", "config", "ls", "sync")) {
            run(command);
        }
        run("--json", "targets", "test");
        TestHome.deleteTree(home.folder.resolve(".dsync"));
        run("recover");
    }

    private void aDayOfMistakes() throws IOException {
        String urls = Files.readString(home.folder.resolve("webhooks.txt"));
        home.write("webhooks.txt", urls.replace("/webhooks/", "/webhook/"));
        run("sync");
        run("targets", "test");
        home.write("webhooks.txt", urls.replace("http://127.0.0.1", "http://203.0.113.1"));
        run("sync");
        home.write("webhooks.txt", urls);
        String key = Files.readString(home.folder.resolve(".encryption_key"));
        home.write(".encryption_key", key.substring(0, 20));
        run("sync");
        home.write(".encryption_key", key);
    }

    @Test
    void noTokenAndNoKeyIsInAnyLogMessageOrStackTrace() throws IOException {
        Set<String> secrets = new TreeSet<>();
        discord.tokens().forEach(token -> addForms(secrets, token));
        aDayOfTroubles();
        discord.tokens().forEach(token -> addForms(secrets, token));
        addKeys(secrets);
        aDayOfMistakes();

        try (Stream<Path> files = Files.walk(home.folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("webhooks.txt") && !file.endsWith(".encryption_key"))
                    .toList()) {
                said.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(secrets).hasSizeGreaterThan(40);
        assertThat(home.folder.resolve("logs")).isDirectoryContaining("glob:**/d-sync.log");
        assertThat(Files.readAllLines(home.folder.resolve("logs/upload.log"))).isNotEmpty();
        assertThat(Files.readAllLines(home.folder.resolve("logs/download.log"))).isNotEmpty();
        assertThat(said.toString())
                .contains("no answer", "429", "50027", "blocked this internet address", "\tat dev.dsync.")
                .doesNotContain(secrets);
    }

    /** The secret as it is, in a URL, and in base64 as a part of anything. */
    private static void addForms(Set<String> secrets, String secret) {
        secrets.add(secret);
        secrets.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        for (int before = 0; before < 3; before++) {
            byte[] bytes = ("...".substring(0, before) + secret).getBytes(StandardCharsets.ISO_8859_1);
            // the first and the last letters depend on what stands around the secret
            String base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
            secrets.add(base64.substring(4, base64.length() - 2));
            String urlSafe = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            secrets.add(urlSafe.substring(4, urlSafe.length() - 2));
        }
    }

    /** The key of the home and every key made from it, as people and programs write keys. */
    private void addKeys(Set<String> secrets) throws IOException {
        addForms(
                secrets,
                Files.readString(home.folder.resolve(".encryption_key")).strip());
        List<byte[]> keys = new ArrayList<>();
        keys.add(Base64.getUrlDecoder()
                .decode(Files.readString(home.folder.resolve(".encryption_key")).strip()));
        try (VaultKey key = new KeyFile(home.folder.resolve(".encryption_key")).read(() -> new char[0])) {
            for (Purpose purpose : Purpose.values()) {
                try (SecretBytes subkey = key.subkey(purpose)) {
                    keys.add(subkey.copy());
                }
            }
        }
        for (byte[] key : keys) {
            secrets.add(HexFormat.of().formatHex(key));
            secrets.add(HexFormat.of().formatHex(key).toUpperCase(Locale.ROOT));
            addForms(secrets, new String(key, StandardCharsets.ISO_8859_1));
        }
    }
}
