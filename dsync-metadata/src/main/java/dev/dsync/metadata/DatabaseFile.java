package dev.dsync.metadata;

import dev.dsync.catalog.CatalogException;
import dev.dsync.catalog.DamagedCatalogException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/**
 * The file {@code catalog.db} of a state folder: how it is opened, and what its failures mean. It lists what the user
 * keeps, so only the user may read it: 0600 in a folder of 0700.
 */
record DatabaseFile(Path path) {

    private static final String NAME = "catalog.db";

    /** The ending of the file whose being there says that the catalog was found damaged. */
    private static final String MARK = ".damaged";

    private static final String REBUILDING = ": with 'dsync recover' it is rebuilt from the targets";

    /** SQLite's page cache, in KiB. The working set of a scan is a few pages an index; more hardly helps. */
    private static final int CACHE_KIB = 16 * 1024;

    /** How long to wait for another process that is writing, or recovering the log. */
    private static final Duration BUSY = Duration.ofSeconds(10);

    /** What a log file is cut to after a checkpoint: a large commit must not take its space for ever. */
    private static final int LOG_BYTES = 32 << 20;

    /** SQLite's notes beside a catalog take at least this much room: one block of its index of the log. */
    private static final int NOTES_BYTES = 32 << 10;

    static DatabaseFile in(Path stateFolder) {
        return new DatabaseFile(stateFolder.resolve(NAME));
    }

    /** Opens it for reading and writing, and makes it if there is none. */
    Database open() {
        requireSound();
        create();
        SQLiteConfig config = config();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // A commit ends a flush, of which there are few, and a flush promises to last: it waits for the disk.
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setJournalSizeLimit(LOG_BYTES);
        return connect(path.toAbsolutePath().toString(), config, Schema::upgrade);
    }

    /**
     * Opens it for reading. SQLite keeps notes beside it even so; where none can be made, it is read as a file that
     * nobody changes, or, if whoever changed it last was killed and left no notes to go by, as a copy.
     */
    Database openReadOnly() {
        if (!Files.exists(path)) {
            throw new CatalogException(path + " does not exist" + REBUILDING);
        }
        requireSound();
        if (!Files.isWritable(folder()) && !Files.exists(beside("-shm"))) {
            return hasLog() ? openCopyIn(Path.of(System.getProperty("java.io.tmpdir"))) : openUnchanging();
        }
        SQLiteConfig config = config();
        config.setReadOnly(true);
        return connect(path.toAbsolutePath().toString(), config, Schema::requireCurrent);
    }

    private boolean hasLog() {
        try {
            return Files.size(beside("-wal")) > 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Opens it as a file that nobody changes, and makes none beside it. */
    Database openUnchanging() {
        SQLiteConfig config = config();
        config.setReadOnly(true);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        return connect(path.toAbsolutePath().toUri() + "?immutable=1", config, Schema::requireCurrent);
    }

    /**
     * Opens a copy in a folder for temporary files, as large as the catalog and its log, with what lies in the log put
     * in its place. The copy is gone when the connection or the process is, and only the user may read it meanwhile.
     */
    Database openCopyIn(Path temporary) {
        try {
            Path place = Files.createTempDirectory(temporary, "dsync-catalog-");
            try {
                return openCopy(new DatabaseFile(place.resolve(NAME)));
            } finally {
                // Whoever has it open keeps it where files can be deleted while open; elsewhere it goes at the end.
                deleteAll(place);
            }
        } catch (IOException e) {
            throw new CatalogException(
                    "the last command in the home of " + path
                            + " was killed, and to read its catalog it must be copied to "
                            + temporary + ", which fails: " + e.getMessage()
                            + ". Make room there, or name another folder:"
                            + " DSYNC_JAVA_OPTS=-Djava.io.tmpdir=DIR",
                    e);
        }
    }

    private Database openCopy(DatabaseFile copy) throws IOException {
        for (String suffix : List.of("", "-wal")) {
            // Not as a file: the copy of one that may not be written may be.
            try (InputStream bytes = Files.newInputStream(beside(suffix))) {
                Files.copy(bytes, copy.beside(suffix));
            }
        }
        try (Connection whole = config().createConnection("jdbc:sqlite:" + copy.path.toAbsolutePath());
                Statement statement = whole.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException e) {
            throw failure(e);
        }
        SQLiteConfig config = config();
        config.setReadOnly(true);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        return connect(copy.path.toAbsolutePath().toUri() + "?immutable=1", config, Schema::requireCurrent);
    }

    private static void deleteAll(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (!file.toFile().delete()) {
                    file.toFile().deleteOnExit();
                }
            }
        } catch (IOException e) {
            // It is the user's own and only the user's; the system tidies up there.
        }
        if (!folder.toFile().delete()) {
            folder.toFile().deleteOnExit();
        }
    }

    /**
     * What an SQLite failure means for the user. One that neither the machine nor another process explains is damage: dsync
     * asks only what a sound catalog can answer.
     */
    CatalogException failure(SQLException cause) {
        return switch (SQLiteErrorCode.getErrorCode(cause.getErrorCode() & 0xff)) {
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL ->
                new CatalogException(path + " is being written by another process; try again when it is done", cause);
            case SQLITE_FULL -> full(cause);
            case SQLITE_NOMEM -> new CatalogException(path + " needs more memory than there is", cause);
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM -> notWritable(cause);
            case SQLITE_IOERR -> Files.isWritable(folder()) ? diskTrouble(cause) : notWritable(cause);
            default -> {
                mark();
                yield new DamagedCatalogException(
                        "the local catalog " + path + " is damaged (" + cause.getMessage()
                                + "). Give the command again: then it is rebuilt from the targets",
                        cause);
            }
        };
    }

    private CatalogException diskTrouble(SQLException cause) {
        if (isFull()) {
            return full(cause);
        }
        return new CatalogException(
                path + " cannot be read or written (" + cause.getMessage()
                        + "): see whether its disk is well. If the file is spoilt, delete it: the next command"
                        + " rebuilds it from the targets",
                cause);
    }

    private CatalogException full(SQLException cause) {
        return new CatalogException(path + " cannot grow: the disk is full; make room there", cause);
    }

    /** SQLite tells of a full disk in another way where it fails at its notes. */
    private boolean isFull() {
        try {
            return Files.getFileStore(folder()).getUsableSpace() < NOTES_BYTES;
        } catch (IOException e) {
            return false;
        }
    }

    private CatalogException notWritable(SQLException cause) {
        return new CatalogException(
                "dsync keeps notes in " + folder() + " even when it only reads, and this user may not write "
                        + (Files.isWritable(folder()) ? path.getFileName() + " in it" : "there")
                        + ", or the disk is mounted read-only. See who owns it; or copy .encryption_key and"
                        + " webhooks.txt into a folder of yours and give the command there",
                cause);
    }

    /** What is wrong with the file before SQLite has looked into it, or with SQLite itself. */
    private CatalogException notOpened(SQLException cause) {
        if (cause.getErrorCode() != 0) {
            return failure(cause);
        }
        if (!Files.isWritable(folder())) {
            return notWritable(cause);
        }
        String found = cause.getCause() == null ? "" : ": " + cause.getCause().getMessage();
        return new CatalogException(
                path + " cannot be opened (" + cause.getMessage() + found
                        + "): see whether it is a file, and who owns it",
                cause);
    }

    /** Renames it and what SQLite keeps beside it to names that nothing has yet. */
    Path setAside() {
        int number = 1;
        while (Files.exists(beside(".damaged-" + number))) {
            number++;
        }
        String name = ".damaged-" + number;
        try {
            for (String suffix : List.of("-wal", "-shm", "")) {
                if (Files.exists(beside(suffix))) {
                    Files.move(beside(suffix), beside(name + suffix));
                }
            }
            Files.deleteIfExists(beside(MARK));
        } catch (IOException e) {
            throw new CatalogException("cannot rename " + path + ": " + e.getMessage(), e);
        }
        return beside(name);
    }

    private Path beside(String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }

    /** Damage is often found long after opening, and by readers: the mark tells whoever opens it next. */
    private void mark() {
        try {
            Files.createFile(beside(MARK));
        } catch (IOException e) {
            // There is one, or none can be made: then the damage is found again.
        }
    }

    private void requireSound() {
        try {
            if (Files.exists(path) && Files.size(path) == 0) {
                throw new DamagedCatalogException("the local catalog " + path + " is empty" + REBUILDING);
            }
        } catch (IOException e) {
            throw new CatalogException("cannot look at " + path + ": " + e.getMessage(), e);
        }
        if (Files.exists(beside(MARK))) {
            throw new DamagedCatalogException("the local catalog " + path + " was found damaged" + REBUILDING);
        }
    }

    /** The failure of finding something that SQLite reads well but dsync cannot have written. */
    static SQLException corrupt(String message) {
        return new SQLException(message, "", SQLiteErrorCode.SQLITE_CORRUPT.code);
    }

    /** A step that brings the database into shape or finds that it cannot. */
    private interface Preparation {
        void run(DatabaseFile file, Connection connection) throws SQLException;
    }

    private Database connect(String name, SQLiteConfig config, Preparation preparation) {
        Connection connection;
        try {
            connection = config.createConnection("jdbc:sqlite:" + name);
        } catch (SQLException e) {
            throw notOpened(e);
        }
        try {
            try {
                if (Files.isWritable(folder())) {
                    keepTemporaryFilesHere(connection);
                }
                preparation.run(this, connection);
                Schema.createTemporaryTables(connection);
                return new Database(this, connection);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /**
     * What SQLite sorts or holds for a plan is as private as the catalog, and may not fit where the system keeps its
     * temporary files. SQLite knows one such folder for a whole process, and uses the system's should it vanish.
     */
    private void keepTemporaryFilesHere(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "PRAGMA temp_store_directory = '" + folder().toString().replace("'", "''") + "'");
        }
    }

    /**
     * The first configuration of a process takes as long as all the rest of an opening, because SQLite's driver finds out
     * how dates are written where the user lives, though no column holds a date. Java makes a class once, and whoever
     * needs it meanwhile waits: so it does not matter which thread comes here first.
     */
    private static final class FirstConfig {

        private static final SQLiteConfig MADE = new SQLiteConfig();
    }

    /** Has the slow part of {@link #config} behind it. */
    static void prepare() {
        Objects.requireNonNull(FirstConfig.MADE);
    }

    private static SQLiteConfig config() {
        prepare();
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(Math.toIntExact(BUSY.toMillis()));
        config.setCacheSize(-CACHE_KIB);
        config.setTempStore(SQLiteConfig.TempStore.FILE);
        // Nobody asks for them; the driver would make and run a statement after each insert to have them ready.
        config.setGetGeneratedKeys(false);
        return config;
    }

    /**
     * Makes the file if there is none: under another name, whole, with the right permissions, and then renamed. So an
     * empty file is never one that was just being made.
     */
    private void create() {
        if (Files.exists(path)) {
            return;
        }
        DatabaseFile fresh = new DatabaseFile(beside(".new"));
        try {
            Files.createDirectories(folder(), permissions("rwx------"));
            Files.deleteIfExists(fresh.path);
            Files.deleteIfExists(fresh.beside("-journal"));
            Files.createFile(fresh.path, permissions("rw-------"));
            fresh.connect(fresh.path.toAbsolutePath().toString(), config(), Schema::upgrade)
                    .close();
            Files.move(fresh.path, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CatalogException("cannot make " + path + ": " + e.getMessage(), e);
        }
    }

    private Path folder() {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException("no folder for " + path);
        }
        return folder;
    }

    private static FileAttribute<?>[] permissions(String text) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))}
                : new FileAttribute<?>[0];
    }
}
