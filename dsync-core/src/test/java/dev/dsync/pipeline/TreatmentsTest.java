package dev.dsync.pipeline;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.StoredPack;
import dev.dsync.catalog.Version;
import dev.dsync.chunk.ChunkId;
import dev.dsync.codec.CodecId;
import dev.dsync.codec.Compression;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.PackFormat;
import dev.dsync.pack.PackKind;
import dev.dsync.pack.Suite;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.source.PathPattern;
import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.MemoryBackend;
import dev.dsync.storage.TargetId;
import dev.dsync.vault.Snapshot;
import dev.dsync.vault.TestVault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rules do to the content of files, seen on the target and in what comes back. */
class TreatmentsTest {

    private static final Treatments.Rule OPEN_MUSIC =
            new Treatments.Rule(PathPattern.parse("*.mp3"), Optional.of(Compression.none()), Optional.of(Suite.NONE));
    private static final Treatments MUSIC_LIES_OPEN =
            new Treatments(new Treatment(Compression.standard(), Suite.AES_256_GCM), List.of(OPEN_MUSIC));
    private static final String TEXT = "words that compress well and are the same in both files. ".repeat(200);

    @TempDir
    private Path folder;

    private final MemoryBackend target =
            new MemoryBackend(new TargetId("memory:a"), new BackendLimits(10 << 20, 10, 25 << 20));
    private TestVault home;

    @BeforeEach
    void open() throws IOException {
        home = new TestVault(folder.resolve("home"), 7, target);
    }

    @AfterEach
    void close() throws IOException {
        home.close();
    }

    @Test
    void fileThatARuleLeavesOpenLiesPlainInAPackOfItsOwnAndComesBack() throws Exception {
        write("song.mp3", TEXT);
        write("letter.txt", TEXT);
        home.treating(MUSIC_LIES_OPEN).sync();

        assertThat(packs()).extracting(StoredPack::suite).containsExactlyInAnyOrder(Suite.NONE, Suite.AES_256_GCM);
        assertThat(stored(Suite.NONE)).contains(TEXT);
        assertThat(stored(Suite.AES_256_GCM)).doesNotContain("words that compress");
        assertThat(comesBack()).isTrue();
        assertThat(home.check(100).errors()).isEmpty();
    }

    @Test
    void namesOfOpenAndSealedChunksWithOneContentDiffer() throws Exception {
        write("song.mp3", TEXT);
        write("letter.txt", TEXT);
        home.treating(MUSIC_LIES_OPEN).sync();

        assertThat(chunk("song.mp3")).isNotEqualTo(chunk("letter.txt"));
    }

    @Test
    void idsOfOpenChunksAppearNowhereInThePack() throws Exception {
        write("song.mp3", TEXT);
        home.treating(MUSIC_LIES_OPEN).sync();

        assertThat(stored(Suite.NONE))
                .doesNotContain(new String(chunk("song.mp3").toBytes(), ISO_8859_1));
    }

    @Test
    void openPacksAreReadOnANewMachineFromTargetAndKeyAlone() throws Exception {
        write("song.mp3", TEXT);
        home.treating(MUSIC_LIES_OPEN).sync();
        try (TestVault other = home.twin(folder.resolve("other"), target)) {
            other.restore(folder.resolve("back"));
        }
        assertThat(Snapshot.of(folder.resolve("back"))).isEqualTo(Snapshot.of(home.synced()));
    }

    @Test
    void compressionFollowsTheLastRuleThatMatches() throws Exception {
        write("a.log", TEXT);
        write("keep/a.log", TEXT + "other");
        Treatments.Rule raw =
                new Treatments.Rule(PathPattern.parse("*.log"), Optional.of(Compression.none()), Optional.empty());
        Treatments.Rule small =
                new Treatments.Rule(PathPattern.parse("/keep/"), Optional.of(Compression.zlib(9)), Optional.empty());
        home.treating(new Treatments(MUSIC_LIES_OPEN.usual(), List.of(raw, small)))
                .sync();

        assertThat(entry("a.log").codec()).isEqualTo(CodecId.RAW);
        assertThat(entry("keep/a.log").codec()).isEqualTo(CodecId.ZLIB);
    }

    @Test
    void withEncryptionOffARuleStillSealsItsFilesAndTheCatalogIsSealedAlways() throws Exception {
        write("public.txt", TEXT);
        write("private/letter.txt", TEXT);
        Treatments.Rule secret =
                new Treatments.Rule(PathPattern.parse("private/"), Optional.empty(), Optional.of(Suite.AES_256_GCM));
        home.treating(new Treatments(new Treatment(Compression.none(), Suite.NONE), List.of(secret)))
                .sync();

        assertThat(entry("public.txt").codec()).isEqualTo(CodecId.RAW);
        assertThat(stored(Suite.NONE)).contains(TEXT);
        assertThat(stored(Suite.AES_256_GCM)).doesNotContain("words that compress");
        assertThat(everythingStored()).doesNotContain("public.txt").doesNotContain("letter.txt");
    }

    @Test
    void readAgainUnderAnotherRuleAFileIsStoredInTheNewWay() throws Exception {
        write("song.mp3", TEXT);
        home.treating(MUSIC_LIES_OPEN).sync();
        home.treating(Treatments.all(Compression.standard())).sync();
        assertThat(packs()).extracting(StoredPack::suite).containsExactly(Suite.NONE);
        ChunkId open = chunk("song.mp3");

        home.syncAgain();
        assertThat(chunk("song.mp3")).isNotEqualTo(open);
        assertThat(packs()).extracting(StoredPack::suite).contains(Suite.AES_256_GCM);
        assertThat(home.syncAgain().bytesStored())
                .as("stored by reading the same once more")
                .isZero();
        assertThat(comesBack()).isTrue();
    }

    @Test
    void packsOfTwoSuitesGetByWithTheLeastMemory() throws Exception {
        for (int i = 0; i < 16; i++) {
            // One byte over and over is never cut: a chunk of the largest size.
            byte[] content = new byte[PackFormat.MAX_CHUNK_BYTES];
            Arrays.fill(content, (byte) i);
            Files.write(home.synced().resolve(i + (i % 2 == 0 ? ".mp3" : ".txt")), content);
        }
        home.memory(VaultParts.LEAST_MEMORY)
                .treating(new Treatments(new Treatment(Compression.none(), Suite.AES_256_GCM), MUSIC_LIES_OPEN.rules()))
                .sync();
        assertThat(comesBack()).isTrue();
    }

    private void write(String name, String text) throws IOException {
        Path file = home.synced().resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private boolean comesBack() throws Exception {
        home.restore(folder.resolve("back"));
        return Snapshot.of(folder.resolve("back")).equals(Snapshot.of(home.synced()));
    }

    private List<StoredPack> packs() throws IOException {
        List<StoredPack> packs = new ArrayList<>();
        try (Cursor<StoredPack> all = home.vault().catalog().packs().all(PackKind.DATA)) {
            all.forEachRemaining(packs::add);
        }
        return packs;
    }

    private ChunkId chunk(String path) throws IOException {
        Version version = home.content(path).version();
        return home.vault().catalog().versions().chunks(version).get(0);
    }

    private PackEntry entry(String path) throws IOException {
        return home.vault().catalog().packs().locate(chunk(path)).get(0).entry();
    }

    private String stored(Suite suite) throws IOException {
        StringBuilder all = new StringBuilder();
        for (StoredPack pack : packs()) {
            if (pack.suite() == suite) {
                ByteBuffer bytes = ByteBuffer.allocate(pack.size());
                target.read(pack.copies().get(0).address(), 0, bytes);
                all.append(new String(bytes.array(), ISO_8859_1));
            }
        }
        return all.toString();
    }

    /** Blobs are numbered from 0. */
    private String everythingStored() throws IOException {
        StringBuilder all = new StringBuilder();
        BlobAddress address = new BlobAddress("0");
        for (int next = 1; target.size(address).isPresent(); next++) {
            ByteBuffer bytes = ByteBuffer.allocate((int) target.size(address).getAsLong());
            target.read(address, 0, bytes);
            all.append(new String(bytes.array(), ISO_8859_1));
            address = new BlobAddress(Integer.toString(next));
        }
        return all.toString();
    }
}
