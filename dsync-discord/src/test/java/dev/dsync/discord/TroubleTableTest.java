package dev.dsync.discord;

import static dev.dsync.storage.TestBlobs.bytes;
import static dev.dsync.storage.TestBlobs.putOne;
import static dev.dsync.storage.TestBlobs.read;
import static dev.dsync.storage.TestBlobs.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dsync.discord.emulator.Fault;
import dev.dsync.discord.emulator.Faults.Where;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of docs/discord.md and what happens are the same, row by row. */
class TroubleTableTest extends EmulatedHome {

    private static final Path DOCUMENT = Path.of("..", "docs", "discord.md");
    private static final String NO_FAILURE = "none";

    /** Makes one row happen; returns the failure that whoever called met. */
    private interface Row {
        Optional<StorageException> happen(TroubleTableTest test) throws IOException;
    }

    private static final Map<String, Row> ANSWERS = new LinkedHashMap<>();
    private static final Map<String, Row> FILE_ANSWERS = new LinkedHashMap<>();

    static {
        ANSWERS.put("429, `X-RateLimit-Scope: user`", test -> test.waits(Fault.LIMITED, 0));
        ANSWERS.put("429, scope `shared`", test -> test.waits(Fault.LIMITED_SHARED, 0, 2));
        ANSWERS.put("429, scope or body `global`", test -> test.waits(Fault.LIMITED_GLOBAL, 0, 1, 2));
        ANSWERS.put("429 or any, code 30046", TroubleTableTest::editsWait);
        ANSWERS.put("429 that tells no time (HTML)", test -> test.pauses(Fault.LIMITED_HTML, 0));
        ANSWERS.put(
                "401, 403 or 429 with code 0 and no `retry_after`; 40333; a page with error 1010, 1015 or 1020",
                TroubleTableTest::blocks);
        ANSWERS.put("404/10015, 404/10003, 401/50027", TroubleTableTest::isGone);
        ANSWERS.put("400/220001, 220003", test -> {
            test.fails(0, Fault.FORUM_WANTS_THREAD);
            return test.fails(1, Fault.FORUM_ONLY);
        });
        ANSWERS.put("404/10008", TroubleTableTest::losesTheMessage);
        ANSWERS.put("413, 40005, 50045, several files", TroubleTableTest::goesAlone);
        ANSWERS.put("413, 40005, 50045, one file", TroubleTableTest::takesSmallerFiles);
        ANSWERS.put("408, 5xx, 40062, 130000", test -> {
            test.pauses(Fault.TOO_SLOW, 1);
            test.pauses(Fault.BAD_GATEWAY, 2);
            test.pauses(Fault.FAILED_AFTERWARDS, 3);
            test.pauses(Fault.RESOURCE_LIMITED, 4);
            return test.pauses(Fault.OVERLOADED, 5);
        });
        ANSWERS.put("no answer, reset, silence of 60 s", test -> {
            test.pauses(Fault.REPLY_LOST, 1);
            test.pauses(Fault.RESET_UPLOAD, 1);
            return test.pausesAfterSilence(2);
        });
        ANSWERS.put("success, but sizes or names differ", TroubleTableTest::isNotKept);
        ANSWERS.put("anything else", TroubleTableTest::isNotUnderstood);

        FILE_ANSWERS.put("206 with the range asked for", test -> test.arrives(1));
        FILE_ANSWERS.put("206 with another range", test -> test.arrives(2, Fault.WRONG_RANGE));
        FILE_ANSWERS.put("200 of the right length", test -> test.arrives(1, Fault.RANGE_IGNORED));
        FILE_ANSWERS.put(
                "200 of another length, an end too early, a reset, 429, 5xx", TroubleTableTest::goesOnWhereItBroke);
        FILE_ANSWERS.put("403, 404 and the rest", TroubleTableTest::renewsItsLink);
    }

    static Stream<String> answers() {
        return ANSWERS.keySet().stream();
    }

    static Stream<String> fileAnswers() {
        return FILE_ANSWERS.keySet().stream();
    }

    @Test
    void everyRowIsTestedAndEveryTestIsARow() throws IOException {
        assertThat(table("answer").keySet()).containsExactlyElementsOf(ANSWERS.keySet());
        assertThat(table("answer of the file storage").keySet()).containsExactlyElementsOf(FILE_ANSWERS.keySet());
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerMeansWhatTheTableSays(String row) throws IOException {
        String failure = ANSWERS.get(row)
                .happen(this)
                .map(met -> met.getClass().getSimpleName().replace("Exception", ""))
                .orElse(NO_FAILURE);
        assertThat(failure).isEqualTo(table("answer").get(row).replace("`", ""));
    }

    @ParameterizedTest
    @MethodSource("fileAnswers")
    void anAnswerOfTheFileStorageMeansWhatTheTableSays(String row) throws IOException {
        assertThat(FILE_ANSWERS.get(row).happen(this)).isEmpty();
    }

    /** First and last cell of each row of the table whose head begins so. */
    private static Map<String, String> table(String head) throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        boolean inside = false;
        for (String line : Files.readAllLines(DOCUMENT)) {
            String[] cells = line.replaceAll("^\\| | \\|$", "").split(" \\| ");
            inside = inside ? line.startsWith("|") : cells[0].equals(head);
            if (inside && !cells[0].equals(head) && !line.startsWith("|-")) {
                rows.put(cells[0], cells[cells.length - 1]);
            }
        }
        return rows;
    }

    private final List<DiscordBackend> webhooks = new ArrayList<>();

    /** One of three webhooks of one home, which share what they know. */
    private DiscordBackend webhook(int number) throws StorageException {
        if (webhooks.isEmpty()) {
            Homes home = new Homes(folder, clock);
            for (String url : emulator.urls()) {
                webhooks.add(home.open(url));
            }
        }
        return webhooks.get(number);
    }

    private static StorageException refusal(DiscordBackend backend) {
        return refusal(backend, bytes("some bytes"));
    }

    private static StorageException refusal(DiscordBackend backend, ByteBuffer content) {
        return catchThrowableOfType(StorageException.class, () -> backend.put(List.of(content)));
    }

    /** The next upload to this webhook meets the fault. */
    private Optional<StorageException> fails(int number, Fault fault) throws StorageException {
        DiscordBackend backend = webhook(number);
        clock.sleep(backend.untilReady());
        emulator.faults().next(Where.UPLOAD, fault, 1);
        // what fits into the buffers on the way counts as sent
        ByteBuffer content = fault == Fault.RESET_UPLOAD ? random(8_000_000, 1) : bytes("some bytes");
        return Optional.ofNullable(refusal(backend, content));
    }

    /** After the fault these webhooks wait, of three of which the first and last share a channel, and then it works. */
    private Optional<StorageException> waits(Fault fault, Integer... waiting) throws StorageException {
        Optional<StorageException> met = fails(0, fault);
        for (int number = 0; number < 3; number++) {
            boolean waits = webhook(number).untilReady().compareTo(Duration.ofSeconds(1)) > 0;
            assertThat(waits)
                    .as("webhook %d waits after %s", number, fault)
                    .isEqualTo(List.of(waiting).contains(number));
        }
        clock.sleep(webhook(0).untilReady());
        assertThat(refusal(webhook(0))).isNull();
        return met;
    }

    private Optional<StorageException> editsWait() throws StorageException {
        DiscordBackend backend = webhook(0);
        backend.root().write(bytes("first"));
        clock.sleep(Duration.ofMinutes(1));
        Duration before = Duration.ofMillis(clock.millis());
        emulator.faults().next(Where.EDIT, Fault.LIMITED_EDITS, 1);
        backend.root().write(bytes("second"));
        assertThat(Duration.ofMillis(clock.millis()).minus(before)).isGreaterThanOrEqualTo(Rules.EDIT_SPAN);
        assertThat(backend.root().read()).hasValue(bytes("second"));
        return fails(0, Fault.LIMITED_EDITS);
    }

    /** Each pause is longer than the one before, and an upload that may have arrived is counted. */
    private Optional<StorageException> pauses(Fault fault, int repeated) throws StorageException {
        Optional<StorageException> first = fails(0, fault);
        assertThat(webhook(0).untilReady()).isBetween(Rules.FIRST_PAUSE.dividedBy(2), Rules.FIRST_PAUSE);
        assertThat(webhook(0).uploadsRepeated()).as("%s", fault).isEqualTo(repeated);
        clock.sleep(webhook(0).untilReady());
        assertThat(refusal(webhook(0))).isNull();
        return first;
    }

    /** Only the upload that meets silence is made impatiently: on a busy machine any other could seem silent too. */
    private Optional<StorageException> pausesAfterSilence(int repeated) throws StorageException {
        clock.sleep(webhook(0).untilReady());
        DiscordBackend impatient = openImpatiently(0);
        emulator.faults().next(Where.UPLOAD, Fault.STALL, 1);
        StorageException met = refusal(impatient);
        assertThat(impatient.untilReady()).isBetween(Rules.FIRST_PAUSE.dividedBy(2), Rules.FIRST_PAUSE);
        assertThat(impatient.uploadsRepeated()).isEqualTo(repeated);
        clock.sleep(impatient.untilReady());
        assertThat(refusal(webhook(0))).isNull();
        return Optional.of(met);
    }

    private Optional<StorageException> blocks() throws StorageException {
        Optional<StorageException> met = Optional.empty();
        for (Fault fault : List.of(
                Fault.BLOCKED_JSON, Fault.BLOCKED_40333, Fault.BLOCKED_1010, Fault.BLOCKED_1015, Fault.BLOCKED_1020)) {
            met = fails(0, fault);
            assertThat(met.orElseThrow()).hasMessageContaining("blocked this internet address");
            int sent = emulator.tally().requests();
            assertThat(refusal(webhook(1))).hasSameClassAs(met.orElseThrow());
            assertThat(emulator.tally().requests()).isEqualTo(sent);
            clock.sleep(Rules.BLOCK_PAUSE);
            assertThat(refusal(webhook(1))).isNull();
        }
        return met;
    }

    private Optional<StorageException> isGone() throws StorageException {
        DiscordBackend deleted = webhook(0);
        emulator.deleteWebhook(0);
        StorageException met = refusal(deleted);
        assertThat(fails(1, Fault.UNKNOWN_CHANNEL).orElseThrow()).hasSameClassAs(met);
        DiscordBackend renamed = webhook(2);
        emulator.changeToken(2);
        assertThat(refusal(renamed)).hasSameClassAs(met);
        int sent = emulator.tally().requests();
        for (DiscordBackend gone : List.of(deleted, renamed)) {
            assertThat(refusal(gone)).hasSameClassAs(met);
        }
        assertThat(emulator.tally().requests()).isEqualTo(sent);
        return Optional.of(met);
    }

    private Optional<StorageException> losesTheMessage() throws StorageException {
        DiscordBackend backend = webhook(0);
        BlobAddress address = putOne(backend, "some bytes");
        emulator.deleteMessage(0, emulator.messages(0).get(0));
        return Optional.of(catchThrowableOfType(StorageException.class, () -> text(backend, address, 0, 4)));
    }

    private Optional<StorageException> goesAlone() throws IOException {
        DiscordBackend backend = webhook(0);
        emulator.rules().requestBytes = 5_000;
        List<BlobAddress> stored = backend.put(List.of(random(3_000, 1), random(3_000, 2)));
        assertThat(read(backend, stored.get(1), 0, 3_000)).isEqualTo(random(3_000, 2));
        assertThat(backend.limits().maxRequestBytes()).isLessThan(6_000);
        emulator.faults().next(Where.UPLOAD, Fault.FILE_TOO_LARGE, 1);
        assertThat(backend.put(List.of(bytes("a"), bytes("b")))).hasSize(2);
        return Optional.empty();
    }

    private Optional<StorageException> takesSmallerFiles() throws StorageException {
        emulator.faults().next(Where.UPLOAD, Fault.FILE_TOO_LARGE, 1);
        DiscordBackend other = webhook(1);
        catchThrowableOfType(StorageException.class, () -> other.put(List.of(random(9_000_000, 1))));
        assertThat(other.limits().maxBlobBytes()).isEqualTo(8 * 1024 * 1024 - 1);

        DiscordBackend backend = webhook(0);
        emulator.rules().fileBytesRefused = 6_000_000;
        StorageException met =
                catchThrowableOfType(StorageException.class, () -> backend.put(List.of(random(8_000_000, 1))));
        assertThat(backend.limits().maxBlobBytes()).isEqualTo(5 * 1024 * 1024);
        assertThat(backend.put(List.of(random(5 * 1024 * 1024, 1)))).hasSize(1);
        return Optional.of(met);
    }

    private Optional<StorageException> isNotKept() throws StorageException {
        Optional<StorageException> met = fails(0, Fault.WRONG_SIZE);
        assertThat(emulator.files()).isZero();
        clock.sleep(webhook(0).untilReady());
        assertThat(refusal(webhook(0))).isNull();
        return met;
    }

    private Optional<StorageException> isNotUnderstood() throws StorageException {
        Optional<StorageException> met = fails(0, Fault.REFUSED);
        assertThat(webhook(0).untilReady()).isEqualTo(Rules.BLOCK_PAUSE);
        return met;
    }

    private static final int SIZE = 300_000;

    /** A part of a blob arrives in spite of the faults, with so many requests for it. */
    private Optional<StorageException> arrives(int requests, Fault... faults) throws IOException {
        ByteBuffer content = random(SIZE, 5);
        DiscordBackend backend = webhook(0);
        clock.sleep(backend.untilReady());
        BlobAddress address = backend.put(List.of(content)).get(0);
        for (Fault fault : faults) {
            emulator.faults().next(Where.FILE, fault, 1);
        }
        emulator.tally().clear();
        assertThat(read(backend, address, 1_001, 200_000)).isEqualTo(content.slice(1_001, 200_000));
        assertThat(emulator.tally().requests("GET file"))
                .as("%s", List.of(faults))
                .isEqualTo(requests);
        return Optional.empty();
    }

    private Optional<StorageException> goesOnWhereItBroke() throws IOException {
        for (Fault fault :
                List.of(Fault.TRUNCATED, Fault.RESET_DOWNLOAD, Fault.LIMITED, Fault.LIMITED_HTML, Fault.BAD_GATEWAY)) {
            arrives(2, fault);
        }
        emulator.rules().rangesHonoured = false;
        arrives(2, Fault.TRUNCATED_SHORT_LENGTH);
        DiscordBackend backend = webhook(0);
        BlobAddress address = putOne(backend, "some bytes");
        emulator.faults().next(Where.FILE, Fault.BAD_GATEWAY, Rules.TRIES);
        assertThat(catchThrowableOfType(StorageException.class, () -> text(backend, address, 0, 4)))
                .isInstanceOf(TargetUnavailableException.class);
        return Optional.empty();
    }

    private Optional<StorageException> renewsItsLink() throws IOException {
        arrives(2, Fault.LINK_EXPIRED_EARLY);
        assertThat(emulator.tally().requests("GET message")).isEqualTo(1);
        DiscordBackend backend = webhook(0);
        List<BlobAddress> addresses = backend.put(List.of(bytes("one"), bytes("two"), bytes("six")));
        clock.sleep(Duration.ofHours(25));
        emulator.tally().clear();
        assertThat(text(backend, addresses.get(0), 0, 3)).isEqualTo("one");
        assertThat(text(backend, addresses.get(2), 0, 3)).isEqualTo("six");
        assertThat(emulator.tally().requests("GET message")).isEqualTo(1);
        return Optional.empty();
    }
}
