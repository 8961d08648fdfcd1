package dev.dsync.metadata;

import static dev.dsync.catalog.CatalogSamples.OTHER_WRITER;
import static dev.dsync.catalog.CatalogSamples.TARGET;
import static dev.dsync.catalog.CatalogSamples.UNSEEN;
import static dev.dsync.catalog.CatalogSamples.WRITER;
import static dev.dsync.catalog.CatalogSamples.commit;
import static dev.dsync.catalog.CatalogSamples.copies;
import static dev.dsync.catalog.CatalogSamples.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.catalog.CatalogRecord;
import dev.dsync.catalog.ChunkList;
import dev.dsync.catalog.Cursor;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;

/** A vault that was committed to for years. Work is counted in steps of SQLite's machine, so no test depends on speed. */
class ManyCommitsTest {

    private static final int STEPS = 50;

    @TempDir
    private Path folder;

    private final AtomicLong steps = new AtomicLong();
    private SqliteCatalog catalog;

    @BeforeEach
    void open() throws SQLException {
        DatabaseFile.in(folder).open().close();
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("catalog.db"));
        Schema.createTemporaryTables(connection);
        ProgressHandler.setHandler(connection, STEPS, new ProgressHandler() {
            @Override
            protected int progress() {
                steps.addAndGet(STEPS);
                return 0;
            }
        });
        catalog = new SqliteCatalog(new Database(DatabaseFile.in(folder), connection));
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    private long stepsOf(Runnable work) {
        long before = steps.get();
        work.run();
        return steps.get() - before;
    }

    private void remember(int from, int to) {
        for (int number = from; number < to; number++) {
            catalog.commits().remember(commit(number, WRITER), copies(TARGET));
        }
    }

    private void ask() {
        catalog.commits().knows(commit(1, WRITER).hash());
        catalog.commits().knows(commit(1, OTHER_WRITER).hash());
        catalog.commits().hasCommitOfOther(WRITER);
        try (Cursor<CatalogRecord> newest = catalog.commits().records(100_000, 100_001)) {
            assertThat(newest.hasNext()).isFalse();
        }
    }

    @Test
    void questionsOfEachPassTakeNoLongerHoweverManyCommitsThereAre() {
        remember(1, 20);
        ask();
        long few = stepsOf(this::ask);
        remember(20, 2_000);
        assertThat(stepsOf(this::ask)).isLessThan(few + 10 * STEPS);
    }

    /** Commits {@code count} times, each time a few new files. */
    private void commitFiles(int first, int count, int files) {
        for (int number = first; number < first + count; number++) {
            for (int i = 0; i < files; i++) {
                catalog.versions().record(file("folder/" + number + "-" + i, i), ChunkList.EMPTY, UNSEEN);
            }
            catalog.commits().assign(number);
            catalog.flush();
        }
    }

    @Test
    void commitTakesNoLongerHoweverManyCameBefore() {
        commitFiles(1, 10, 2);
        long early = stepsOf(() -> commitFiles(11, 20, 2));
        commitFiles(31, 100, 16);
        assertThat(stepsOf(() -> commitFiles(131, 20, 2))).isLessThan(2 * early);
    }
}
