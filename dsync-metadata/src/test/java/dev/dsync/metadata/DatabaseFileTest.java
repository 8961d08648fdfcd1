package dev.dsync.metadata;

import static dev.dsync.catalog.CatalogSamples.TARGET;
import static dev.dsync.catalog.CatalogSamples.UNSEEN;
import static dev.dsync.catalog.CatalogSamples.chunks;
import static dev.dsync.catalog.CatalogSamples.copies;
import static dev.dsync.catalog.CatalogSamples.dataPack;
import static dev.dsync.catalog.CatalogSamples.file;
import static dev.dsync.catalog.CatalogSamples.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.CatalogException;
import dev.dsync.catalog.CatalogSamples;
import dev.dsync.catalog.DamagedCatalogException;
import dev.dsync.pack.PackKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DatabaseFileTest {

    @TempDir
    private Path folder;

    private Path state;

    @BeforeEach
    void nameStateFolder() {
        state = folder.resolve("home").resolve(".dsync");
    }

    private void fill() {
        try (SqliteCatalog catalog = SqliteCatalog.open(state)) {
            catalog.packs().record(dataPack(1, 10), copies(TARGET));
            for (int i = 0; i < 500; i++) {
                catalog.versions().record(file("folder/" + i, i), chunks(10), UNSEEN);
            }
            catalog.flush();
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + state.resolve("catalog.db"));
    }

    private void execute(String command) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    @Test
    void onlyTheUserMayReadIt() throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        try (SqliteCatalog catalog = SqliteCatalog.open(state)) {
            catalog.targets().remember(TARGET);
            catalog.flush();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
                    .isEqualTo("rwx------");
            try (Stream<Path> files = Files.list(state)) {
                assertThat(files.toList())
                        .hasSizeGreaterThan(1)
                        .allSatisfy(
                                file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                                        .isEqualTo("rw-------"));
            }
        }
    }

    private static IntStream earlierEditions() {
        return IntStream.range(0, Schema.EDITION);
    }

    @ParameterizedTest
    @MethodSource("earlierEditions")
    void earlierEditionIsBroughtUpToDate(int edition) throws SQLException, IOException {
        Files.createDirectories(state);
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            // A file of edition 0 is one that another program made, or SQLite itself: empty it would be damage.
            statement.execute("PRAGMA application_id = 1");
            Schema.upgrade(DatabaseFile.in(state), connection, edition);
        }
        if (edition > 0) {
            assertThatThrownBy(() -> SqliteCatalog.openReadOnly(state))
                    .isInstanceOf(CatalogException.class)
                    .hasMessageContaining("edition " + edition);
        }
        fill();
        try (SqliteCatalog catalog = SqliteCatalog.openReadOnly(state)) {
            assertThat(catalog.versions().totals().files()).isEqualTo(500);
        }
    }

    @Test
    void whoeverOnlyReadsBringsItUpToDateTooIfThatCanBe() throws SQLException, IOException {
        Files.createDirectories(state);
        try (Connection connection = connect()) {
            Schema.upgrade(DatabaseFile.in(state), connection, Schema.EDITION - 1);
        }
        SqliteCatalogProvider provider = new SqliteCatalogProvider();
        try (Catalog catalog = provider.openReadOnly(state)) {
            assertThat(catalog.versions().totals().files()).isZero();
        }
        SqliteCatalog.openReadOnly(state).close();
    }

    @Test
    void upgradeThatFailsChangesNothing() throws SQLException, IOException {
        Files.createDirectories(state);
        execute("CREATE TABLE path_at (unexpected TEXT)");
        assertThatThrownBy(() -> SqliteCatalog.open(state)).isInstanceOf(CatalogException.class);
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet tables = statement.executeQuery("SELECT count(*) FROM sqlite_schema")) {
            assertThat(tables.getInt(1)).isEqualTo(1);
        }
    }

    @Test
    void editionOfANewerDsyncIsRefused() throws SQLException {
        fill();
        execute("PRAGMA user_version = " + (Schema.EDITION + 1));
        assertThatThrownBy(() -> SqliteCatalog.open(state))
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining("newer dsync");
        assertThatThrownBy(() -> SqliteCatalog.openReadOnly(state))
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining("newer dsync");
    }

    @Test
    void fileThatIsNoDatabaseIsDamagedAndSaysSo() throws IOException {
        Files.createDirectories(state);
        Files.writeString(state.resolve("catalog.db"), "not a database ".repeat(100));
        assertThatThrownBy(() -> SqliteCatalog.open(state))
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining("catalog.db")
                .hasMessageContaining("rebuilt from the targets");
    }

    @Test
    void emptyFileIsDamaged() throws IOException {
        Files.createDirectories(state);
        Files.createFile(state.resolve("catalog.db"));
        assertThatThrownBy(() -> SqliteCatalog.open(state)).isInstanceOf(DamagedCatalogException.class);
        assertThatThrownBy(() -> SqliteCatalog.openReadOnly(state)).isInstanceOf(DamagedCatalogException.class);
    }

    @Test
    void damageFoundOnceIsRememberedUntilTheFileIsSetAside() throws IOException {
        fill();
        overwriteAllButTheFirstPages();
        assertThatThrownBy(this::readEverything).isInstanceOf(DamagedCatalogException.class);
        assertThatThrownBy(() -> SqliteCatalog.open(state))
                .isInstanceOf(DamagedCatalogException.class)
                .hasMessageContaining("found damaged");
        SqliteCatalogProvider provider = new SqliteCatalogProvider();
        Path first = provider.setAside(state);
        assertThat(first).exists();
        assertThat(provider.exists(state)).isFalse();
        fill();
        readEverything();
        assertThat(provider.setAside(state)).exists().isNotEqualTo(first);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void temporaryFilesOfSqliteLieBesideTheCatalog() throws IOException {
        fill();
        Database database = DatabaseFile.in(state).open();
        try {
            database.scratch(() -> {
                database.sql("INSERT INTO temp.kept_block WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL"
                                + " SELECT n + 1 FROM number WHERE n < 1000000) SELECT n FROM number")
                        .run();
                return 0;
            });
            assertThat(openTemporaryFiles())
                    .isNotEmpty()
                    .allSatisfy(file ->
                            assertThat(file).startsWith(state.toRealPath().toString()));
        } finally {
            database.close();
        }
    }

    /** SQLite takes their names away as soon as they are open. */
    private static List<String> openTemporaryFiles() throws IOException {
        List<String> files = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                try {
                    String file = Files.readSymbolicLink(descriptor).toString();
                    if (file.contains("etilqs")) {
                        files.add(file);
                    }
                } catch (NoSuchFileException e) {
                    // Closed meanwhile.
                }
            }
        }
        return files;
    }

    @Test
    void damageFoundLaterSaysSoToo() throws IOException {
        fill();
        overwriteAllButTheFirstPages();
        assertThatThrownBy(this::readEverything)
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining("rebuilt from the targets");
    }

    @Test
    void contentThatMakesNoSenseIsDamageToo() throws SQLException {
        fill();
        execute("UPDATE path SET sha256 = x'00' WHERE name = '7'");
        assertThatThrownBy(this::readEverything)
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining("rebuilt from the targets");
    }

    /** Each seed's damage is another; whatever of it is noticed must be told as damage, or people are left helpless. */
    @ParameterizedTest
    @MethodSource("seeds")
    void whicheverByteIsDamagedTheFailureSaysWhatToDo(int seed) throws IOException {
        fill();
        overwriteSomeBytes(new Random(seed));
        for (Runnable use : List.<Runnable>of(this::readEverything, this::recordEverything)) {
            try {
                use.run();
            } catch (CatalogException e) {
                assertThat(e)
                        .as("seed " + seed)
                        .hasMessageContaining("catalog.db")
                        .hasMessageContaining("rebuilt from the targets");
            }
            Files.deleteIfExists(state.resolve("catalog.db.damaged"));
        }
    }

    private static IntStream seeds() {
        // Those after the first ten damage the names of tables and columns.
        return IntStream.concat(
                IntStream.range(0, 10), IntStream.of(93, 138, 189, 243, 257, 285, 324, 354, 358, 374, 461, 493, 548));
    }

    private void overwriteSomeBytes(Random random) throws IOException {
        Path file = state.resolve("catalog.db");
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < 5; i++) {
            int at = random.nextBoolean() ? random.nextInt(4096) : random.nextInt(bytes.length);
            bytes[at] = (byte) random.nextInt();
        }
        Files.write(file, bytes);
    }

    private void recordEverything() {
        try (SqliteCatalog catalog = SqliteCatalog.open(state)) {
            recordAll(catalog);
            catalog.flush();
            CatalogSamples.all(catalog.packs().all(PackKind.DATA));
        }
    }

    private void readEverything() {
        try (SqliteCatalog catalog = SqliteCatalog.open(state)) {
            CatalogSamples.all(catalog.versions().liveBelow(path("")));
        }
    }

    private void overwriteAllButTheFirstPages() throws IOException {
        try (FileChannel channel = FileChannel.open(state.resolve("catalog.db"), StandardOpenOption.WRITE)) {
            byte[] garbage = new byte[(int) channel.size()];
            Arrays.fill(garbage, (byte) 0x5a);
            int start = 24 * 4096;
            channel.write(ByteBuffer.wrap(garbage, start, garbage.length - start), start);
        }
    }

    @Test
    void changeThatFailsTakesEverythingSinceTheFlushWithIt() throws SQLException, IOException {
        fill();
        execute("CREATE TRIGGER no_space BEFORE INSERT ON path_at WHEN new.parent = 1"
                + " BEGIN SELECT raise(ABORT, 'disk full'); END");
        try (SqliteCatalog catalog = SqliteCatalog.open(state)) {
            catalog.versions().record(file("folder/more", 1), chunks(10), UNSEEN);
            assertThatThrownBy(() -> catalog.versions().record(file("new/a", 1), chunks(10), UNSEEN))
                    .isInstanceOf(CatalogException.class);
            assertThatThrownBy(catalog::flush).isInstanceOf(CatalogException.class);
        }
        // SQLite's own words for a failure that dsync did not make are told as damage.
        Files.delete(state.resolve("catalog.db.damaged"));
        try (SqliteCatalog catalog = SqliteCatalog.open(state)) {
            assertThat(catalog.versions().totals().files()).isEqualTo(500);
        }
    }

    @Test
    void whateverComesAfterAFailureTellsOfThatFailure() throws SQLException {
        fill();
        execute("CREATE TRIGGER no_space BEFORE INSERT ON path_at WHEN new.parent = 1"
                + " BEGIN SELECT raise(ABORT, 'no space left'); END");
        try (SqliteCatalog catalog = SqliteCatalog.open(state)) {
            catalog.versions().record(file("folder/more", 1), chunks(10), UNSEEN);
            assertThatThrownBy(() -> catalog.versions().record(file("new/a", 1), chunks(10), UNSEEN))
                    .hasMessageContaining("no space left");
            assertThatThrownBy(() -> catalog.versions().totals())
                    .isInstanceOf(CatalogException.class)
                    .hasMessageContaining("no space left");
        }
    }

    @Test
    void damageIsStillDamageWhenToldAgain() throws IOException {
        fill();
        overwriteAllButTheFirstPages();
        try (SqliteCatalog catalog = SqliteCatalog.open(state)) {
            assertThatThrownBy(() -> recordAll(catalog)).isInstanceOf(DamagedCatalogException.class);
            assertThatThrownBy(catalog::flush).isInstanceOf(DamagedCatalogException.class);
        }
    }

    private static void recordAll(SqliteCatalog catalog) {
        for (int i = 0; i < 500; i++) {
            catalog.versions().record(file("folder/" + i, i), chunks(10), UNSEEN);
        }
    }

    @Test
    void catalogThatWasClosedCanBeReadWithoutAnyFileBesideIt() throws SQLException, IOException {
        state = folder.resolve("home of 100 %41#").resolve(".dsync");
        fill();
        Database database = DatabaseFile.in(state).openUnchanging();
        assertThat(database.read(() -> database.sql("SELECT count(*) FROM path").only(0)))
                .isGreaterThan(500);
        database.scratch(
                () -> database.sql("INSERT INTO temp.kept_block VALUES (1)").run());
        try (Stream<Path> files = Files.list(state)) {
            assertThat(files).containsExactly(state.resolve("catalog.db"));
        }
        database.close();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void stateThatMayNotBeWrittenCanBeReadOnceItWasClosed() throws IOException {
        state = folder.resolve("home of 100 %41?#").resolve(".dsync");
        fill();
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeTrue(!Files.isWritable(state), "this user may write everything");
        try (SqliteCatalog catalog = SqliteCatalog.openReadOnly(state)) {
            assertThat(CatalogSamples.all(catalog.versions().liveBelow(path(""))))
                    .hasSize(501);
        } finally {
            Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void stateThatMayNotBeWrittenSaysWhereToGoOn() throws IOException {
        fill();
        Path catalog = state.resolve("catalog.db");
        Files.setPosixFilePermissions(catalog, PosixFilePermissions.fromString("r--r--r--"));
        assumeTrue(!Files.isWritable(catalog), "this user may write everything");
        assertThatThrownBy(() -> SqliteCatalog.open(state).flush())
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining(catalog.toString())
                .hasMessageContaining("webhooks.txt");
    }
}
