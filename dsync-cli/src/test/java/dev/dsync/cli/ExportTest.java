package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dsync.discord.emulator.Emulator;
import dev.dsync.pipeline.SyncReport;
import dev.dsync.vault.Vault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What files.json and folders.json of a home tell. */
class ExportTest {

    @TempDir
    Path temp;

    TestHome home;

    @BeforeEach
    void fillFolder() throws IOException {
        home = new TestHome(temp.resolve("home"));
        home.write("webhooks.txt", "file:storage\n");
        home.write("tree/docs/a.txt", "a".repeat(3000));
        byte[] large = new byte[3_000_000];
        new Random(1).nextBytes(large);
        Files.write(home.write("tree/docs/deep/large.bin", ""), large);
        home.write("tree/.hidden", "");
    }

    private JsonNode listing(String name) throws IOException {
        return new ObjectMapper().readTree(home.folder.resolve(name).toFile());
    }

    @Test
    void filesHaveTheOriginalsFieldsInItsOrderAndOursAfterThem() throws IOException {
        home.run("sync", "--folder", "tree").ends(0);
        JsonNode files = listing("files.json");
        assertThat(files.get("last_updated").asText()).matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+");
        JsonNode file = files.get("files").get("docs/a.txt");
        assertThat(file.fieldNames())
                .toIterable()
                .containsExactly(
                        "file_path",
                        "file_hash",
                        "file_size",
                        "date_created",
                        "file_type",
                        "compressed",
                        "encrypted",
                        "chunks",
                        "deleted",
                        "layout",
                        "versions");
        assertThat(file.get("file_hash").asText())
                .isEqualTo(OriginalProgram.sha256("a".repeat(3000).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(file.get("file_type").asText()).isEqualTo(".txt");
        assertThat(file.get("compressed").asBoolean()).isTrue();
        assertThat(file.get("encrypted").asBoolean()).isTrue();
        assertThat(file.get("layout").asText()).isEqualTo("packed");
        assertThat(files.get("files").get(".hidden").get("file_type").asText()).isEmpty();
    }

    @Test
    void hashOfAPieceIsThatOfItsSealedBytes() throws IOException {
        home.run("sync", "--folder", "tree").ends(0);
        JsonNode chunks =
                listing("files.json").get("files").get("docs/deep/large.bin").get("chunks");
        assertThat(chunks.size()).isGreaterThan(1);
        for (JsonNode chunk : chunks) {
            byte[] pack =
                    Files.readAllBytes(Path.of(URI.create(chunk.get("cdn_url").asText())));
            int offset = chunk.get("pack_offset").asInt();
            byte[] sealed = Arrays.copyOfRange(
                    pack, offset, offset + chunk.get("pack_length").asInt());
            assertThat(chunk.get("chunk_hash").asText()).isEqualTo(OriginalProgram.sha256(sealed));
        }
    }

    @Test
    void foldersCountWhatLiesBelowThem() throws IOException {
        home.run("sync", "--folder", "tree").ends(0);
        JsonNode folders = listing("folders.json").get("folders");
        assertThat(folders.get("docs").get("file_count").asInt()).isEqualTo(2);
        assertThat(folders.get("docs").get("folder_count").asInt()).isEqualTo(1);
        assertThat(folders.get("docs/deep").get("file_count").asInt()).isEqualTo(1);
        assertThat(folders.get("docs/deep").get("cdn_url").isNull()).isTrue();
        assertThat(folders).hasSize(2);
    }

    @Test
    void deletedFilesStayListedAndVersionsAreCounted() throws IOException {
        home.run("sync", "--folder", "tree").ends(0);
        home.write("tree/docs/a.txt", "changed");
        home.run("sync").ends(0);
        Files.delete(home.folder.resolve("tree/docs/a.txt"));
        home.run("sync").ends(0);
        JsonNode file = listing("files.json").get("files").get("docs/a.txt");
        assertThat(file.get("deleted").asBoolean()).isTrue();
        assertThat(file.get("versions").asInt()).isEqualTo(3);
        assertThat(file.get("file_size").asInt()).isEqualTo(7);
    }

    @Test
    void onlyTheUserMayReadThemAndNothingIsWrittenWithoutAChange() throws IOException {
        home.run("sync", "--folder", "tree").ends(0);
        for (String name : List.of("files.json", "folders.json")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.folder.resolve(name))))
                    .isEqualTo("rw-------");
            Files.delete(home.folder.resolve(name));
        }
        home.run("sync").ends(0);
        assertThat(home.folder.resolve("files.json")).doesNotExist();
        JsonNode export = home.json("export");
        assertThat(export.get("files").asInt()).isEqualTo(3);
        assertThat(export.get("folders").asInt()).isEqualTo(2);
        assertThat(listing("files.json").get("files")).hasSize(3);
    }

    @Test
    void ofManyFilesOnlyTheCommandWritesThem() throws Exception {
        home.run("sync", "--folder", "tree").ends(0);
        Files.delete(home.folder.resolve("files.json"));
        Surroundings around =
                new Surroundings(System.out, System.err, Map.of(), home.folder, home.clock, false, new Stop());
        Output output = new Output(around, new Output.Manner(false, true, 0));
        SyncReport changed = new SyncReport(1, 0, 0, 0, List.of(), List.of(), 1, 1, 1, 1, Duration.ZERO, false);
        try (Session session = new Session(around, new GlobalOptions(), output, "sync");
                Vault vault = session.openExisting()) {
            new Export(session, vault, 2).after(changed);
            assertThat(home.folder.resolve("files.json")).doesNotExist();
            new Export(session, vault, 3).after(changed);
            assertThat(listing("files.json").get("files")).hasSize(3);
        }
    }

    @Test
    void settingSwitchesThemOff() throws IOException {
        home.write("dsync.toml", "export_json = false\n");
        home.run("sync", "--folder", "tree").ends(0);
        assertThat(home.folder.resolve("files.json")).doesNotExist();
        home.run("export").ends(0);
        JsonNode chunk = listing("files.json")
                .get("files")
                .get("docs/a.txt")
                .get("chunks")
                .get(0);
        assertThat(chunk.get("chunk_hash").isNull()).isTrue();
    }

    @Test
    void originalsOwnFilesAreNeverOverwritten() throws IOException {
        home.write("files.json", "{\"last_updated\": \"x\", \"files\": {}}");
        home.write("folders.json", "{\"last_updated\": \"x\", \"folders\": {}}");
        TestHome.Run run = home.run("sync", "--folder", "tree").ends(0);
        assertThat(run.err()).contains("files.original.json");
        assertThat(home.folder.resolve("files.original.json")).hasContent("{\"last_updated\": \"x\", \"files\": {}}");
        assertThat(home.folder.resolve("folders.original.json")).exists();
        home.write("tree/new", "new");
        home.run("sync").ends(0);
        assertThat(home.folder.resolve("files.original2.json")).doesNotExist();
    }

    @Test
    void importOfOurOwnListingChangesNothing() throws IOException {
        home.run("sync", "--folder", "tree").ends(0);
        JsonNode answer = home.json("import", "files.json");
        assertThat(answer.get("files").asInt()).isZero();
        assertThat(answer.get("in_packs").asInt()).isEqualTo(3);
    }

    @Test
    void tokensAreToldOnlyToWhoAsksForSecrets() throws IOException {
        try (Emulator discord = Emulator.start(Clock.systemUTC(), 2, 2)) {
            discord.rules().withoutRateLimits();
            TestHome onDiscord = TestHome.inRealTime(temp.resolve("discord"));
            onDiscord.write("webhooks.txt", String.join("\n", discord.urls()) + "\n");
            onDiscord.write("tree/a.txt", "a");
            onDiscord.run("sync", "--folder", "tree", "--layout", "classic").ends(0);
            Path files = onDiscord.folder.resolve("files.json");
            String listing = Files.readString(files);
            discord.tokens().forEach(token -> assertThat(listing).doesNotContain(token));
            JsonNode chunk = new ObjectMapper()
                    .readTree(listing)
                    .get("files")
                    .get("a.txt")
                    .get("chunks")
                    .get(0);
            assertThat(chunk.get("cdn_url").asText()).contains("/attachments/");
            assertThat(chunk.get("message_id").asText()).isNotEmpty();
            onDiscord.run("export", "--with-secrets").ends(0);
            assertThat(discord.tokens()).anyMatch(token -> contains(files, token));
            onDiscord.run("export").ends(0);
            assertThat(discord.tokens()).noneMatch(token -> contains(files, token));
            assertThat(new ObjectMapper()
                            .readTree(files.toFile())
                            .findValue("cdn_url")
                            .asText())
                    .contains("/attachments/");
            assertThat(onDiscord.json("import", "files.json").get("unchanged").asInt())
                    .isEqualTo(1);
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
