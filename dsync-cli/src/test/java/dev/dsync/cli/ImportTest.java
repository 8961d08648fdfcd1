package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the original program stored on an emulated Discord is taken over. */
class ImportTest extends HomeOnDiscord {

    OriginalProgram original;
    final byte[] large = new byte[300_000];
    final byte[] text = "hello from the original\n".repeat(9000).getBytes(StandardCharsets.UTF_8);

    ImportTest() {
        super(3, Limits.NONE);
    }

    @BeforeEach
    void openAccount() throws IOException {
        original = new OriginalProgram(discord.urls(), 5);
        new Random(1).nextBytes(large);
    }

    private JsonNode importAll() throws IOException {
        original.leaveIn(home.folder);
        return home.json("import", "files.json", "--upload-log", "logs/upload.log");
    }

    private byte[] restored(String path) throws IOException {
        home.run("restore", "--to", "back", "--overwrite", "always").ends(0);
        return Files.readAllBytes(home.folder.resolve("back").resolve(path));
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, 10000000",
        "true, true, 5000",
        "false, true, 10000000",
        "false, true, 70001",
        "true, false, 1024",
        "false, false, 99999"
    })
    void fileOfAnyShapeComesBackByEveryWay(boolean compress, boolean encrypt, int partBytes) throws IOException {
        original.partBytes = partBytes;
        original.store("Project/large.bin", large, compress, encrypt);
        original.store("Project/text.txt", text, compress, encrypt);
        original.store("one", new byte[] {7}, compress, encrypt);
        assertThat(importAll().get("files").asInt()).isEqualTo(3);
        assertThat(restored("Project/large.bin")).isEqualTo(large);
        assertThat(restored("Project/text.txt")).isEqualTo(text);
        assertThat(restored("one")).containsExactly(7);
        assertThat(home.run("cat", "Project/text.txt").ends(0).bytes()).isEqualTo(text);
        assertThat(home.run("cat", "Project/text.txt", "--offset", "24", "--length", "5")
                        .ends(0)
                        .out())
                .isEqualTo("hello");
        JsonNode check = home.json("check", "--read-data");
        assertThat(check.get("errors")).isEmpty();
        assertThat(check.get("chunks_checked").asInt())
                .isGreaterThanOrEqualTo(original.files.findValues("chunk_hash").size());
    }

    @Test
    void listingTellsWhatFilesJsonTells() throws IOException {
        original.store("a.txt", text, true, true);
        importAll();
        JsonNode file = home.json("ls").get("files").get(0);
        assertThat(file.get("path").asText()).isEqualTo("a.txt");
        assertThat(file.get("size").asLong()).isEqualTo(text.length);
        assertThat(file.get("sha256").asText()).isEqualTo(OriginalProgram.sha256(text));
        restored("a.txt");
        assertThat(Files.getLastModifiedTime(home.folder.resolve("back/a.txt")).toInstant())
                .isEqualTo(LocalDateTime.parse("2026-02-16T10:00:00.123456").toInstant(ZoneOffset.UTC));
        assertThat(home.json("status").get("stored_bytes").asLong()).isPositive();
    }

    @Test
    void importingTwiceChangesNothing() throws IOException {
        original.store("a.txt", text, true, true);
        original.store("b.txt", text, false, true).put("deleted", true);
        importAll();
        JsonNode status = home.json("status");
        int files = discord.files();
        JsonNode again = importAll();
        assertThat(again.get("files").asInt()).isZero();
        assertThat(again.get("unchanged").asInt()).isEqualTo(2);
        assertThat(discord.files()).isEqualTo(files);
        assertThat(home.json("status").get("commit")).isEqualTo(status.get("commit"));
        assertThat(home.json("versions", "a.txt").get("versions")).hasSize(1);
        assertThat(home.json("versions", "b.txt").get("versions")).hasSize(2);
    }

    @Test
    void deletedFileIsListedAsDeletedAndCanComeBack() throws IOException {
        original.store("gone.txt", text, true, true).put("deleted", true);
        original.store("here.txt", large, true, true);
        importAll();
        assertThat(home.json("ls").get("files").findValuesAsText("path")).containsExactly("here.txt");
        assertThat(home.json("ls", "--deleted").get("files").findValuesAsText("path"))
                .contains("gone.txt");
        home.run("restore", "--to", "all", "--include-deleted").ends(0);
        assertThat(home.folder.resolve("all/gone.txt")).hasBinaryContent(text);
    }

    @Test
    void pathsFromWindowsAndOldHostsAreUnderstood() throws IOException {
        ObjectNode entry = original.store("My Project\\sub\\a.txt", text, true, true);
        ObjectNode chunk = (ObjectNode) entry.get("chunks").get(0);
        String id = chunk.get("webhook_url").asText().replaceAll(".*/webhooks/([0-9]+)/.*", "$1");
        chunk.put("webhook_url", "https://discordapp.com/api/webhooks/" + id + "/ANOTHER_TOKEN");
        importAll();
        assertThat(restored("My Project/sub/a.txt")).isEqualTo(text);
    }

    @Test
    void missingAndUnknownFieldsAreNoObstacle() throws IOException {
        ObjectNode entry = original.store("a.txt", text, false, false);
        entry.remove(java.util.List.of("file_path", "date_created", "file_type", "compressed", "encrypted", "deleted"));
        entry.put("colour", "green").putArray("tags").add(1);
        ((ObjectNode) entry.get("chunks").get(0)).put("speed", 3).remove("chunk_index");
        importAll();
        assertThat(restored("a.txt")).isEqualTo(text);
    }

    @Test
    void linksAreEnoughWhileTheyLast() throws IOException {
        original.store("a.txt", text, true, true);
        original.leaveIn(home.folder);
        JsonNode answer = home.json("import", "files.json");
        assertThat(answer.get("without_message_id").asInt()).isEqualTo(1);
        assertThat(answer.get("expired")).isEmpty();
        assertThat(restored("a.txt")).isEqualTo(text);
        assertThat(home.json("check").get("errors")).isEmpty();
    }

    @Test
    void messageOfAnEndedLinkIsFoundInTheUploadLog() throws IOException {
        discord.rules().linkLifetime = Duration.ZERO;
        original.store("a.txt", text, true, true);
        original.store("Sub/b.bin", large, false, true);
        original.leaveIn(home.folder);
        discord.rules().linkLifetime = Duration.ofHours(24);
        JsonNode without = home.json("import", "files.json");
        assertThat(without.get("files").asInt()).isEqualTo(2);
        assertThat(without.get("expired")).hasSize(2).first().satisfies(one -> {
            assertThat(one.get("path").asText()).isEqualTo("a.txt");
            assertThat(one.get("reason").asText()).contains("--upload-log");
        });
        assertThat(home.run("restore", "--to", "back").exit()).isEqualTo(1);
        JsonNode with = home.json("import", "files.json", "--upload-log", "logs/upload.log");
        assertThat(with.get("without_message_id").asInt()).isZero();
        assertThat(with.get("expired")).isEmpty();
        assertThat(restored("a.txt")).isEqualTo(text);
        assertThat(restored("Sub/b.bin")).isEqualTo(large);
        assertThat(home.newMachine(temp.resolve("other"))
                        .run("restore", "--to", "back")
                        .exit())
                .isZero();
    }

    @Test
    void uploadLogWithOneReplyALineWillDoToo() throws IOException {
        discord.rules().linkLifetime = Duration.ZERO;
        original.store("a.txt", text, true, true);
        original.leaveIn(home.folder);
        discord.rules().linkLifetime = Duration.ofHours(24);
        String log = Files.readString(home.folder.resolve("logs/upload.log"));
        String reply = log.substring(log.indexOf("{"), log.lastIndexOf("}") + 1).replaceAll("\\s*\n\\s*", "");
        home.write("log", "{\"broken\": \n" + reply + "\n2026-02-16 10:00:00 INFO " + reply + "\n{\"cut off");
        assertThat(home.json("import", "files.json", "--upload-log", "log").get("expired"))
                .isEmpty();
        assertThat(restored("a.txt")).isEqualTo(text);
    }

    @Test
    void damagedJsonIsRefusedWithItsPlaceAndNothingIsAdopted() throws IOException {
        for (int i = 0; i < 20; i++) {
            original.store("file" + i, new byte[] {(byte) i}, false, true);
        }
        original.leaveIn(home.folder);
        String whole = Files.readString(home.folder.resolve("files.json"));
        int at = whole.indexOf("file15");
        home.write("files.json", whole.substring(0, at) + "\u0001" + whole.substring(at));
        TestHome.Run run = home.run("import", "files.json").ends(2);
        long line = whole.substring(0, at).lines().count();
        assertThat(run.err()).contains("line " + line + ", column ");
        home.write("files.json", whole.substring(0, whole.length() / 2));
        assertThat(home.run("import", "files.json").ends(2).err()).contains("line ");
        home.write("files.json", whole + "}");
        home.run("import", "files.json").ends(2);
        home.write("files.json", "[]");
        home.run("import", "files.json").ends(2);
        home.write("files.json", "{\"folders\": {}}");
        home.run("import", "files.json").ends(2);
        assertThat(discord.files()).isEqualTo(20);
        home.write("files.json", whole);
        assertThat(home.json("import", "files.json").get("files").asInt()).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../escape",
                "/etc/passwd",
                "C:\\Windows\\evil",
                "",
                "a//b",
                "a/../../b",
                "..\\..\\evil",
                "nul\u0000"
            })
    void pathThatLeadsElsewhereIsSkipped(String path) throws IOException {
        original.store(path, text, true, true);
        original.store("good", text, true, true);
        original.leaveIn(home.folder);
        JsonNode answer = home.run("--json", "import", "files.json").ends(1).json();
        assertThat(answer.get("files").asInt()).isEqualTo(1);
        assertThat(answer.get("skipped")).hasSize(1);
        assertThat(restored("good")).isEqualTo(text);
        assertThat(home.json("ls").get("files")).hasSize(1);
    }

    @Test
    void hostileValuesAreSkippedEachWithItsReason() throws IOException {
        original.store("size", text, true, true).put("file_size", new java.math.BigInteger("9".repeat(40)));
        original.store("negative", text, true, true).put("file_size", -1);
        original.store("float", text, true, true).put("file_size", 1e3);
        original.store("hash", text, true, true).put("file_hash", "../../x");
        original.store("nochunks", text, true, true).putArray("chunks");
        ((ObjectNode) original.store("elsewhere", text, true, true)
                        .get("chunks")
                        .get(0))
                .put("cdn_url", "http://169.254.169.254/attachments/1/2/secret");
        ((ObjectNode) original.store("index", text, true, true).get("chunks").get(0)).put("chunk_index", 1 << 30);
        ((ObjectNode) original.store("anonymous", text, true, true)
                        .get("chunks")
                        .get(0))
                .remove("webhook_url");
        original.files.put("number", 5);
        original.files.putNull("null");
        original.leaveIn(home.folder);
        JsonNode answer = home.run("--json", "import", "files.json").ends(1).json();
        assertThat(answer.get("files").asInt()).isZero();
        assertThat(answer.get("skipped").findValuesAsText("path"))
                .containsExactlyInAnyOrder(
                        "size",
                        "negative",
                        "float",
                        "hash",
                        "nochunks",
                        "elsewhere",
                        "index",
                        "anonymous",
                        "number",
                        "null");
    }

    @Test
    void contentThatClaimsToBeSmallerThanItIsIsNotInflatedBeyondThat() throws IOException {
        original.store("bomb", new byte[40_000_000], true, true).put("file_size", 100);
        importAll();
        JsonNode answer = home.run("--json", "restore", "--to", "back").ends(1).json();
        assertThat(answer.get("failed").get(0).get("reason").asText()).contains("more than the 100 bytes");
        assertThat(home.folder.resolve("back/bomb")).doesNotExist();
        assertThat(home.run("check", "--read-data").exit()).isEqualTo(1);
    }

    @Test
    void anotherKeyOpensNothingAndSaysSo() throws IOException {
        original.store("a.txt", text, true, true);
        original.leaveIn(home.folder);
        Files.delete(home.folder.resolve(".encryption_key"));
        assertThat(home.run("import", "files.json").ends(2).err()).contains(".encryption_key");
        OriginalProgram other = new OriginalProgram(discord.urls(), 99);
        Path elsewhere = Files.createDirectories(temp.resolve("elsewhere"));
        other.leaveIn(elsewhere);
        Files.copy(elsewhere.resolve(".encryption_key"), home.folder.resolve(".encryption_key"));
        home.json("import", "files.json");
        JsonNode answer = home.run("--json", "restore", "--to", "back").ends(1).json();
        assertThat(answer.get("failed").get(0).get("reason").asText()).contains("another key");
        JsonNode check = home.run("--json", "check", "--read-data").ends(1).json();
        assertThat(check.get("errors").get(0).get("kind").asText()).isEqualTo("content_damaged");
    }

    @Test
    void webhookWithoutALineIsOutOfReachUntilItHasOne() throws IOException {
        original.store("a.txt", text, true, true);
        String used = original.files.findValue("webhook_url").asText();
        String others = String.join(
                "\n", discord.urls().stream().filter(url -> !url.equals(used)).toList());
        home.write("webhooks.txt", others);
        JsonNode answer = importAll();
        assertThat(answer.get("unknown_targets")).hasSize(1);
        assertThat(home.run("restore", "--to", "back").exit()).isEqualTo(1);
        home.write("webhooks.txt", others + "\n" + used);
        assertThat(restored("a.txt")).isEqualTo(text);
    }

    @Test
    void syncAfterwardsUploadsNoContentAndMissesNothing() throws IOException {
        original.store("a.bin", large, false, true);
        original.store("not here.bin", large, false, true);
        importAll();
        home.write("d-synced/other.txt", "new");
        Files.write(home.folder.resolve("d-synced/a.bin"), large);
        long before = discord.bytes();
        JsonNode sync = home.json("sync");
        assertThat(sync.get("deleted").asInt()).isZero();
        assertThat(discord.bytes() - before).isLessThan(20_000);
        assertThat(home.json("ls").get("files").findValuesAsText("path"))
                .containsExactlyInAnyOrder("a.bin", "not here.bin", "other.txt");
        assertThat(restored("a.bin")).isEqualTo(large);
        Files.delete(home.folder.resolve("d-synced/a.bin"));
        assertThat(home.json("sync").get("deleted").asInt()).isEqualTo(1);
    }

    @Test
    void damagedPartIsFoundAndNamed() throws IOException {
        original.store("a.txt", text, true, true);
        importAll();
        for (int webhook = 0; webhook < 3; webhook++) {
            if (!discord.messages(webhook).isEmpty()) {
                discord.deleteMessage(webhook, discord.messages(webhook).get(0));
                break;
            }
        }
        JsonNode check = home.run("--json", "check").ends(1).json();
        assertThat(check.get("errors").findValuesAsText("kind")).isNotEmpty();
    }

    @Test
    void zoneOfTheMachineGivesNaiveTimesTheirMeaning() throws IOException {
        original.store("a.txt", text, true, true).put("date_created", "2026-02-16T10:00:00+02:00");
        importAll();
        restored("a.txt");
        assertThat(Files.getLastModifiedTime(home.folder.resolve("back/a.txt")).toInstant())
                .isEqualTo(LocalDateTime.parse("2026-02-16T08:00:00")
                        .atZone(ZoneId.of("UTC"))
                        .toInstant());
    }
}
