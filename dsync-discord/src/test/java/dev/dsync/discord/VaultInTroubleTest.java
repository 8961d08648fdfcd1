package dev.dsync.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dsync.discord.emulator.Emulator;
import dev.dsync.discord.emulator.Fault;
import dev.dsync.discord.emulator.Faults.Where;
import dev.dsync.pipeline.RestoreReport;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageBackendProvider.Surroundings;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetGoneException;
import dev.dsync.vault.TestVault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole vault on three webhooks, while Discord misbehaves and time passes as soon as somebody waits for it. */
@Timeout(300)
class VaultInTroubleTest {

    private static final int WEBHOOKS = 3;
    private static final Duration LONGEST_RUN = Duration.ofMinutes(30);

    @TempDir
    private Path folder;

    private TestVault home;
    private Emulator discord;
    private WebhookProvider provider;

    @BeforeEach
    void start() throws IOException {
        home = new TestVault(folder.resolve("home"), 1);
        discord = Emulator.start(home.time(), WEBHOOKS, WEBHOOKS);
        homeTakesForDeadWhatIsSilentFor(Homes.SILENCE);
        file("large", 1, 6_000_000);
        file("small", 2, 1_000);
    }

    @AfterEach
    void stop() throws IOException {
        home.close();
        discord.close();
    }

    /** In real time: a busy machine is silent too, so only what is to meet silence should soon be taken for dead. */
    private void homeTakesForDeadWhatIsSilentFor(Duration silence) throws IOException {
        provider = new WebhookProvider(home.time()::pass, silence);
        home.on(webhooks());
    }

    private StorageBackend[] webhooks() throws StorageException {
        Surroundings around = new Surroundings(folder, folder.resolve("state"), true, home.time(), new Random(7));
        List<StorageBackend> opened = new ArrayList<>();
        for (String url : discord.urls()) {
            try {
                opened.add(provider.open(url, around));
            } catch (TargetGoneException e) {
                // one that the test has killed: the others are what it goes on with
                continue;
            }
        }
        return opened.toArray(StorageBackend[]::new);
    }

    private void file(String name, long seed, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(seed).nextBytes(content);
        Files.write(home.synced().resolve(name), content);
    }

    private void everythingComesBack() throws Exception {
        Path back = Files.createTempDirectory(folder, "back");
        RestoreReport report = home.restore(back);
        assertThat(report.failed()).isEmpty();
        try (Stream<Path> files = Files.list(home.synced())) {
            for (Path file : files.toList()) {
                assertThat(back.resolve(file.getFileName())).hasSameBinaryContentAs(file);
            }
        }
    }

    private Duration since(Instant start) {
        return Duration.between(start, home.time().instant());
    }

    @ParameterizedTest
    @EnumSource(names = {"BAD_GATEWAY", "LIMITED_HTML", "OVERLOADED", "REPLY_LOST"})
    void aWebhookThatOnlyFailsIsAskedEverMoreRarelyAndThenLeftAlone(Fault fault) throws Exception {
        discord.always(0, fault);
        int before = discord.asked(0).size();
        Instant start = home.time().instant();
        home.sync();
        assertThat(since(start)).isLessThan(LONGEST_RUN);
        assertThat(home.notices()).anyMatch(notice -> notice.contains("is left alone for now"));
        List<Long> asked = discord.asked(0).subList(before, discord.asked(0).size());
        assertThat(asked).hasSizeBetween(2, 60);
        assertThat(asked.get(asked.size() - 1) - asked.get(asked.size() - 2))
                .as("pauses grow: %s", asked)
                .isGreaterThan(4 * (asked.get(1) - asked.get(0)));
        discord.heal();
        home.close();
        everythingComesBack();
    }

    @ParameterizedTest
    @EnumSource(names = {"BAD_GATEWAY", "LIMITED_HTML", "REFUSED", "BLOCKED_1015"})
    void noWebhookToBeReachedEndsTheSyncInTimeAndTheNextOneGoesOn(Fault fault) throws Exception {
        for (int i = 0; i < WEBHOOKS; i++) {
            discord.always(i, fault);
        }
        Instant start = home.time().instant();
        assertThatThrownBy(() -> home.sync()).isInstanceOf(StorageException.class);
        // time passes for each lane that waits, one after the other
        assertThat(since(start)).isLessThan(LONGEST_RUN.multipliedBy(WEBHOOKS));
        home.close();
        discord.heal();
        home.time().pass(Rules.BLOCK_PAUSE);
        home.sync();
        home.loseState();
        everythingComesBack();
    }

    @Test
    void theWorkOfOneThatDiesOnTheWayGoesToTheOthers() throws Exception {
        discord.after("POST webhook", 1, () -> discord.deleteWebhook(1));
        home.sync();
        home.close();
        home.sync();
        assertThat(home.notices()).anyMatch(notice -> notice.contains("is gone for good"));
        everythingComesBack();
    }

    @Test
    void whenAllDieOnTheWayNothingIsLostAndNewOnesTakeTheWork() throws Exception {
        file("more", 3, 6_000_000);
        discord.after("POST webhook", 2, () -> {
            for (int i = 0; i < WEBHOOKS; i++) {
                discord.deleteWebhook(i);
            }
        });
        assertThatThrownBy(() -> home.sync()).isInstanceOf(StorageException.class);
        discord.addWebhook(0);
        discord.addWebhook(1);
        home.on(webhooks());
        home.sync();
        home.sync();
        home.loseState();
        everythingComesBack();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {
                "BLOCKED_JSON",
                "BLOCKED_1015",
                "BLOCKED_1020",
                "BLOCKED_1010",
                "BLOCKED_40333",
                "FILE_TOO_LARGE",
                "UNKNOWN_CHANNEL",
                "FORUM_WANTS_THREAD",
                "FORUM_ONLY",
                // closes its webhook for minutes: by chance it meets all three of them
                "REFUSED"
            })
    void noSingleTroubleIsAFailure(Fault fault) throws Exception {
        if (fault == Fault.STALL) {
            homeTakesForDeadWhatIsSilentFor(Duration.ofMillis(500));
        }
        discord.faults().next(Where.UPLOAD, fault, 2);
        discord.faults().next(Where.EDIT, fault, 1);
        discord.faults().next(Where.API, fault, 1);
        home.sync();
        file("more", 3, 1_000_000);
        home.sync();
        discord.faults().none();
        discord.faults().next(Where.FILE, fault, 1);
        home.loseState();
        everythingComesBack();
    }

    @Test
    void theWorkOfOneThatRefusesForNoKnownReasonGoesToTheOthers() throws Exception {
        discord.always(0, Fault.REFUSED);
        int before = discord.asked(0).size();
        Instant start = home.time().instant();
        home.sync();
        file("more", 3, 1_000_000);
        home.sync();
        assertThat(discord.asked(0).subList(before, discord.asked(0).size()))
                .as("requests, each with a pause after it")
                .hasSizeBetween(
                        1, 1 + (int) since(start).plus(Rules.BLOCK_PAUSE).dividedBy(Rules.BLOCK_PAUSE));
        discord.heal();
        home.close();
        everythingComesBack();
    }

    @Test
    void aStormOfRefusalsIsWaitedOut() throws Exception {
        discord.faults().next(Where.UPLOAD, Fault.LIMITED, 4);
        discord.faults().next(Where.UPLOAD, Fault.LIMITED_SHARED, 4);
        discord.faults().next(Where.UPLOAD, Fault.LIMITED_GLOBAL, 4);
        discord.faults().next(Where.UPLOAD, Fault.LIMITED_HTML, 4);
        home.sync();
        assertThat(discord.tally().answers(429)).isLessThanOrEqualTo(16);
        everythingComesBack();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void damageOnTheWayIsFetchedOnceMoreByAFreshLink(int reads) throws Exception {
        home.on(webhooks()[0]);
        home.sync();
        home.loseState();
        discord.tally().clear();
        if (reads == 0) {
            discord.faults().next(Where.FILE, Fault.BIT_FLIPPED, 1);
        } else {
            discord.after("GET file", reads, () -> discord.faults().next(Where.FILE, Fault.BIT_FLIPPED, 1));
        }
        everythingComesBack();
    }

    @Test
    void damageThatStaysIsDamage() throws Exception {
        home.sync();
        discord.faults().next(Where.FILE, Fault.BIT_FLIPPED, 100);
        assertThat(home.restore(folder.resolve("back")).failed()).isNotEmpty();
    }

    @Test
    void whatALostReplyMayHaveLeftIsCountedForEver() throws Exception {
        discord.faults().next(Where.UPLOAD, Fault.REPLY_LOST, 2);
        home.sync();
        assertThat(home.vault().status().uploadsRepeated()).isEqualTo(2);
        home.on(webhooks());
        assertThat(home.vault().status().uploadsRepeated()).isEqualTo(2);
    }
}
