package dev.dsync.metadata;

import dev.dsync.catalog.CatalogRecord.PackContents;
import dev.dsync.catalog.CatalogRecord.PackCopies;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Packs;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.StoredPack;
import dev.dsync.catalog.Version;
import dev.dsync.chunk.ChunkId;
import dev.dsync.pack.PackDirectory;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.PackId;
import dev.dsync.pack.PackKind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The packs of an {@link SqliteCatalog}. */
final class SqlitePacks implements Packs {

    /** Whether a pack {@code p} has a copy that counts. */
    static final String ON_ACTIVE_TARGET = " EXISTS (SELECT 1 FROM copy c CROSS JOIN target t ON t.id = c.target"
            + " WHERE c.pack = p.id AND t.state = 0) ";

    /** The codes of the kinds that hold content: {@link PackKind#DATA} and {@link PackKind#CLASSIC}. */
    private static final String CONTENT = "(1, 3)";

    private static final String HOLDS = "SELECT 1 FROM" + ChunkTable.CHUNK + "CROSS JOIN pack p ON p.id = b.pack AND"
            + " p.kind IN " + CONTENT + " WHERE" + ChunkTable.IS_CHUNK + "AND" + ON_ACTIVE_TARGET + "LIMIT 1";

    private static final String LOCATE = "SELECT " + PackTable.COLUMNS + ", " + ChunkBlock.COLUMNS
            + ", a.chunk, p.first_chunk, " + ON_ACTIVE_TARGET + " FROM" + ChunkTable.CHUNK
            + "CROSS JOIN pack p ON p.id = b.pack AND p.kind IS NOT NULL WHERE" + ChunkTable.IS_CHUNK
            + "ORDER BY a.chunk";

    private static final int BLOCK = 6;
    private static final int CHUNK = 11;
    private static final int FIRST_CHUNK = 12;
    private static final int ACTIVE = 13;

    private final Database database;
    private final ChunkTable chunks;
    private final PackTable table;
    private final AtomicLong plans = new AtomicLong();

    SqlitePacks(Database database, CatalogTables tables) {
        this.database = database;
        this.chunks = tables.chunks();
        this.table = tables.packs();
    }

    @Override
    public boolean holds(ChunkId chunk) {
        return database.read(() -> ChunkTable.bind(database.sql(HOLDS), chunk).only(0) == 1);
    }

    @Override
    public List<ChunkPlace> locate(ChunkId chunk) {
        return database.read(() -> {
            List<Map.Entry<Boolean, ChunkPlace>> places = new ArrayList<>();
            try (Sql rows = ChunkTable.bind(database.sql(LOCATE), chunk)) {
                while (rows.next()) {
                    StoredPack pack = table.read(rows, 1);
                    PackEntry entry = ChunkBlock.read(rows, BLOCK)
                            .entry(rows.number(CHUNK), rows.number(FIRST_CHUNK), pack.suite());
                    places.add(Map.entry(rows.integer(ACTIVE) == 0, new ChunkPlace(pack, entry)));
                }
            }
            return places.stream()
                    .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                    .map(Map.Entry::getValue)
                    .toList();
        });
    }

    @Override
    public void record(PackDirectory directory, List<StoredCopy> copies) {
        database.write(() -> {
            if (table.find(directory.id()) >= 0) {
                throw new IllegalArgumentException("pack " + directory.id() + " is recorded already");
            }
            table.takeBackRemoval(directory.id());
            table.apply(new PackContents(directory, Version.UNCOMMITTED));
            table.apply(new PackCopies(directory.id(), copies, Version.UNCOMMITTED));
        });
    }

    @Override
    public void relocate(PackId pack, List<StoredCopy> copies) {
        database.write(() -> table.relocate(require(pack), copies));
    }

    @Override
    public void remove(PackId pack) {
        database.write(() -> {
            long number = table.find(pack);
            if (number >= 0) {
                table.remove(number);
            }
        });
    }

    @Override
    public Optional<StoredPack> find(PackId pack) {
        return database.read(() -> {
            try (Sql row = database.sql(
                            "SELECT " + PackTable.COLUMNS + " FROM pack p WHERE salt = ? AND kind IS NOT NULL")
                    .with(pack.toBytes())) {
                return row.next() ? Optional.of(table.read(row, 1)) : Optional.empty();
            }
        });
    }

    @Override
    public PackDirectory directory(PackId pack) {
        return database.read(() -> {
            try (Sql row = database.sql("SELECT " + PackTable.COLUMNS + ", p.first_chunk FROM pack p WHERE id = ?")
                    .with(require(pack))) {
                row.next();
                return table.directory(row);
            }
        });
    }

    @Override
    public Cursor<StoredPack> all(PackKind kind) {
        return new StepCursor<>(
                database,
                StepCursor.rows(
                        () -> database.sql("SELECT " + PackTable.COLUMNS + " FROM pack p WHERE kind = ? ORDER BY id")
                                .with(kind.code()),
                        row -> table.read(row, 1)));
    }

    @Override
    public ReadPlan plan() {
        return new SqliteReadPlan(database, chunks, table, plans.incrementAndGet());
    }

    @Override
    public Totals totals() {
        return database.read(() -> {
            try (Sql row = database.sql("SELECT count(*), coalesce(sum(size * (SELECT count(*) FROM copy"
                    + " WHERE copy.pack = pack.id)), 0), coalesce(sum(chunks), 0), coalesce(sum(raw_bytes), 0),"
                    + " coalesce(sum(encoded_bytes), 0) FROM pack WHERE kind IS NOT NULL")) {
                row.next();
                return new Totals(row.number(1), row.number(2), row.number(3), row.number(4), row.number(5));
            }
        });
    }

    private long require(PackId pack) throws SQLException {
        long number = table.find(pack);
        if (number < 0) {
            throw new IllegalArgumentException("pack " + pack + " is not recorded");
        }
        return number;
    }
}
