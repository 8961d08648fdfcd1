package dev.dsync.discord;

import static dev.dsync.storage.TestBlobs.bytes;
import static dev.dsync.storage.TestBlobs.putOne;
import static dev.dsync.storage.TestBlobs.text;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.dsync.discord.emulator.Fault;
import dev.dsync.discord.emulator.Faults.Where;
import dev.dsync.storage.BlobAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whatever happens, the token of a webhook is in no log, no message, no stack trace and no file. */
class SecretsTest extends EmulatedHome {

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.dsync");
    private final StringWriter traces = new StringWriter();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.TRACE);
        logger.setAdditive(false);
        logger.addAppender(log);
        log.start();
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    private interface Step {
        void run() throws IOException;
    }

    private void attempt(Step step) {
        try {
            step.run();
        } catch (IOException | IllegalArgumentException e) {
            e.printStackTrace(new PrintWriter(traces, true));
        }
    }

    @Test
    void tokensAppearNowhere() throws IOException {
        List<String> tokens = new ArrayList<>(emulator.tokens());
        String url = emulator.urls().get(0);
        for (Fault fault : Fault.values()) {
            // a home of its own: what one fault teaches about limits would keep the next from being sent
            Path home = folder.resolve(fault.name());
            List<BlobAddress> address = List.of(putOne(new Homes(home, clock).open(url), "pack"));
            DiscordBackend backend = (fault == Fault.STALL
                            ? new Homes(home, clock, Duration.ofMillis(300))
                            : new Homes(home, clock))
                    .open(url);
            for (Where where : Where.values()) {
                emulator.faults().next(where, fault, 2);
            }
            attempt(() -> putOne(backend, "pack"));
            attempt(() -> backend.root().write(bytes("root")));
            attempt(() -> text(backend, address.get(0), 0, 4));
            attempt(() -> backend.delete(address));
            traces.append(backend.rateLimits().toString()).append(backend.toString());
            emulator.faults().none();
            clock.sleep(Rules.BLOCK_PAUSE);
        }
        attempt(() -> open(0).put(List.of(bytes("x"))));
        attempt(() -> new Homes(folder, clock).open(url + "/too/much"));
        emulator.changeToken(0);
        DiscordBackend dead = new Homes(folder, clock).open(url);
        attempt(() -> putOne(dead, "x"));
        emulator.close();
        attempt(() -> putOne(openImpatiently(1), "x"));
        tokens.addAll(emulator.tokens());

        assertThat(everythingWritten()).hasSizeGreaterThan(10_000).doesNotContain(tokens);
        assertThat(log.list)
                .extracting(ILoggingEvent::getLoggerName)
                .contains("dev.dsync.upload", "dev.dsync.download");
    }

    private String everythingWritten() throws IOException {
        StringBuilder all = new StringBuilder(traces.toString());
        for (ILoggingEvent event : log.list) {
            all.append(event.getFormattedMessage()).append('\n');
            if (event.getThrowableProxy() != null) {
                all.append(event.getThrowableProxy().getMessage()).append('\n');
            }
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    @Test
    void theUploadLogHoldsOneReplyALine() throws IOException {
        putOne(open(0), "pack");

        List<String> lines = log.list.stream()
                .filter(event -> event.getLoggerName().equals("dev.dsync.upload"))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("{")
                .contains("\"attachments\":[{")
                .doesNotContain("\n");
    }
}
