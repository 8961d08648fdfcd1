package dev.dsync.pipeline;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dsync.catalog.Commit;
import dev.dsync.catalog.CommitCodec;
import dev.dsync.catalog.MemoryCatalog;
import dev.dsync.catalog.Packs.ChunkPlace;
import dev.dsync.catalog.Root;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.WriterId;
import dev.dsync.chunk.ChunkId;
import dev.dsync.chunk.FixedSizeChunker;
import dev.dsync.codec.Codecs;
import dev.dsync.key.VaultKey;
import dev.dsync.pack.PackReader;
import dev.dsync.pipeline.commit.CommitReader;
import dev.dsync.pipeline.commit.RootBook;
import dev.dsync.pipeline.content.StoredPackReader;
import dev.dsync.pipeline.parts.Digests;
import dev.dsync.pipeline.parts.Seals;
import dev.dsync.pipeline.parts.SuspectCopies;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.placement.Pause;
import dev.dsync.placement.PoolListener;
import dev.dsync.placement.PoolSettings;
import dev.dsync.placement.TargetPool;
import dev.dsync.storage.FolderBackendProvider;
import dev.dsync.storage.RunningTime;
import dev.dsync.storage.StorageBackendProvider.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole vault of format version 1, and what becomes of it when a bit of it changes. Its files never change. */
class GoldenVaultTest {

    private static final String COMMIT = "blobs/3f/3f00112233445566778899aabbccddee";
    private static final String CATALOG_PACK = "blobs/3e/3e00112233445566778899aabbccddee";
    private static final Map<String, String> FILES = Map.of(
            "root",
            "root.hex",
            COMMIT,
            "commit.hex",
            CATALOG_PACK,
            "catalog-pack.hex",
            "blobs/1f/1f00112233445566778899aabbccddee",
            "data-pack.hex");

    @TempDir
    private Path folder;

    private final MemoryCatalog catalog = new MemoryCatalog();
    private Seals seals;
    private TargetPool pool;

    @BeforeEach
    void open() throws IOException {
        Files.writeString(folder.resolve("dsync-target"), "id: 000102030405060708090a0b0c0d0e0f\n");
        for (String file : FILES.keySet()) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.write(folder.resolve(file), stored(file));
        }
        seals = GoldenVault.seals();
        var here =
                new Surroundings(folder, folder, false, Clock.fixed(GoldenVault.TIME, ZoneOffset.UTC), new Random(1));
        pool = new TargetPool(
                List.of(new FolderBackendProvider().open("file:" + folder, here)),
                PoolSettings.PLAIN,
                PoolListener.SILENT,
                here.clock(),
                Pause.REAL,
                here.random());
    }

    @AfterEach
    void close() throws IOException {
        pool.close();
        seals.close();
    }

    @Test
    void hasTheVeryBytesOfVersionOne() throws IOException {
        assertThat(GoldenVault.files()).hasSameSizeAs(FILES);
        for (String file : FILES.keySet()) {
            assertThat(GoldenVault.files().get(file)).as(file).isEqualTo(stored(file));
        }
    }

    @Test
    void isReadWithNothingButTheFolderAndTheKey() throws IOException {
        load();
        assertThat(catalog.commits().head().orElseThrow().info().time()).isEqualTo(GoldenVault.TIME);
        Version version =
                catalog.versions().newest(GoldenVault.PATH).orElseThrow().version();
        assertThat(version.modified()).isEqualTo(GoldenVault.TIME);
        assertThat(version.mode()).isEqualTo(0644);
        byte[] content = content(catalog.versions().chunks(version).get(0));
        assertThat(content).asString(UTF_8).isEqualTo(GoldenVault.CONTENT);
        assertThat(version.sha256()).contains(Digests.sha256(content));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 'is damaged: envelope (root) has version 0, known is 1'",
        "-1, 'is damaged: envelope (root) is damaged, or was sealed as something else or for another vault'",
        "70, 'is damaged: envelope (root) is damaged, or was sealed as something else or for another vault'"
    })
    void rootWithAFlippedBitIsDamaged(int at, String message) throws IOException {
        flip("root", at);
        assertThatExceptionOfType(DamagedVaultException.class)
                .isThrownBy(this::load)
                .withMessageContaining("the root on target " + GoldenVault.TARGET)
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 32, 33, 64})
    void rootWithAFlippedBitInSaltOrCommitmentCannotBeToldFromAnothersRoot(int at) throws IOException {
        flip("root", at);
        assertThatExceptionOfType(ForeignVaultException.class)
                .isThrownBy(this::load)
                .withMessageContaining("the key does not open the root on target " + GoldenVault.TARGET);
    }

    @Test
    void rootOfAnotherKeyIsAnothersRoot() throws IOException {
        try (VaultKey key = VaultKey.of(new byte[VaultKey.BYTES]);
                Seals other = new Seals(key)) {
            Files.write(folder.resolve("root"), GoldenVault.sealedRoot(other, stored(COMMIT)));
            assertThatExceptionOfType(ForeignVaultException.class).isThrownBy(this::load);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64, 80, 131, 400})
    void rootThatIsCutOffIsDamaged(int length) throws IOException {
        byte[] root = stored("root");
        Files.write(folder.resolve("root"), Arrays.copyOf(root, Math.min(length, root.length - 1)));
        assertThatExceptionOfType(DamagedVaultException.class).isThrownBy(this::load);
    }

    @Test
    void rootThatIsSoundButSaysNonsenseIsDamaged() throws IOException {
        write("root", seals.roots().seal(new byte[] {1, 2, 3}, new Random(1)));
        assertThatExceptionOfType(DamagedVaultException.class)
                .isThrownBy(this::load)
                .withMessageContaining("is damaged: the root is malformed near byte ");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 33, 65, 70, -1})
    void commitWithAFlippedBitIsNotTheOneTheRootPointsTo(int at) throws IOException {
        flip(COMMIT, at);
        assertThatExceptionOfType(DamagedVaultException.class)
                .isThrownBy(this::load)
                .withMessageContaining("commit 1 is not the one its root points to: its hash is ");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 'envelope (commit) has version 0, known is 1: it is damaged, or a newer dsync wrote it'",
        "1, 'envelope (commit) was sealed with another key'",
        "64, 'envelope (commit) was sealed with another key'",
        "65, 'envelope (commit) is damaged, or was sealed as something else or for another vault'",
        "-1, 'envelope (commit) is damaged, or was sealed as something else or for another vault'"
    })
    void commitThatWasDamagedBeforeItsRootWasMadeSaysWhere(int at, String message) throws IOException {
        flip(COMMIT, at);
        pointRootAtCommit();
        assertThatExceptionOfType(DamagedVaultException.class)
                .isThrownBy(this::load)
                .withMessageStartingWith("commit 1: " + message)
                .withMessageContaining("'dsync check --repair'");
    }

    @Test
    void rootIsNoCommit() throws IOException {
        write(COMMIT, stored("root"));
        pointRootAtCommit();
        assertThatExceptionOfType(DamagedVaultException.class)
                .isThrownBy(this::load)
                .withMessageStartingWith("commit 1: envelope (commit) was sealed with another key");
    }

    @Test
    void commitThatSaysSomethingElseThanItsRootIsDamaged() throws IOException {
        byte[] plain = seals.commits().open(ByteBuffer.wrap(stored(COMMIT)));
        Commit commit = CommitCodec.decode(plain);
        Commit other = new Commit(
                commit.sequence(), WriterId.of(7), commit.time(), commit.parents(), commit.segments(), commit.packs());
        write(COMMIT, seals.commits().seal(CommitCodec.encode(other), new Random(1)));
        pointRootAtCommit();
        assertThatExceptionOfType(DamagedVaultException.class)
                .isThrownBy(this::load)
                .withMessageContaining("commit 1 says that writer 0000000000000007 made it");
    }

    @Test
    void commitThatIsCutOffIsNotWhole() throws IOException {
        write(COMMIT, Arrays.copyOf(stored(COMMIT), stored(COMMIT).length - 1));
        assertThatExceptionOfType(DamagedVaultException.class)
                .isThrownBy(this::load)
                .withMessageStartingWith("commit 1 is not whole any more: ")
                .withMessageContaining("'dsync check --repair'");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 5, 8, 24, 56, 100, -40, -1})
    void catalogPackWithAFlippedBitIsDamaged(int at) throws IOException {
        flip(CATALOG_PACK, at);
        assertThatExceptionOfType(DamagedVaultException.class)
                .isThrownBy(this::load)
                .withMessageStartingWith("the catalog of commits 1 to 1 is damaged: ");
        assertThat(catalog.commits().head()).isEmpty();
    }

    private void load() throws IOException {
        VaultParts vault = parts();
        Root root = new RootBook(vault).read(vault.pool().live().get(0)).orElseThrow();
        new CommitReader(vault).load(root);
    }

    private byte[] content(ChunkId chunk) throws IOException {
        ChunkPlace place = catalog.packs().locate(chunk).get(0);
        StoredPackReader packs = new StoredPackReader(parts());
        ByteBuffer pack = packs.fetch(place.pack().copies(), place.pack().size());
        try (PackReader opener = packs.opener(place.pack())) {
            ByteBuffer plain = packs.open(opener, place.pack().suite(), place.entry(), pack, 0);
            byte[] bytes = new byte[plain.remaining()];
            plain.get(bytes);
            return bytes;
        }
    }

    private VaultParts parts() {
        return new VaultParts(
                seals,
                catalog,
                pool,
                new FixedSizeChunker(1 << 20),
                new Codecs(),
                VaultParts.LEAST_MEMORY,
                Set.of(),
                new SuspectCopies(folder.resolve("suspects"), new Random(1)),
                notice -> {},
                folder,
                Clock.systemUTC(),
                RunningTime.REAL,
                new Random(1),
                1);
    }

    private void pointRootAtCommit() throws IOException {
        write("root", GoldenVault.sealedRoot(seals, Files.readAllBytes(folder.resolve(COMMIT))));
    }

    private void flip(String file, int at) throws IOException {
        byte[] bytes = stored(file);
        bytes[at < 0 ? bytes.length + at : at] ^= 1;
        write(file, bytes);
    }

    private void write(String file, byte[] bytes) throws IOException {
        Files.write(folder.resolve(file), bytes);
    }

    private static byte[] stored(String file) throws IOException {
        String name = "golden-vault/" + FILES.get(file);
        try (InputStream in = Objects.requireNonNull(GoldenVaultTest.class.getResourceAsStream(name), name)) {
            return HexFormat.of().parseHex(new String(in.readAllBytes(), US_ASCII).replaceAll("\\s", ""));
        }
    }
}
