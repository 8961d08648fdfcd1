package dev.dsync.metadata;

import dev.dsync.catalog.ChunkList;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Packs.PackPlan;
import dev.dsync.catalog.Packs.PlannedChunk;
import dev.dsync.catalog.Packs.ReadPlan;
import dev.dsync.chunk.ChunkId;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.Suite;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A plan that lies in temporary tables, sorted as it grows. */
final class SqliteReadPlan implements ReadPlan {

    /** Of the packs that have the chunk, one with a copy that counts, else one with any; the oldest of those. */
    private static final String PLACE = "SELECT a.chunk, b.pack, " + ChunkBlock.COLUMNS + ", p.first_chunk, p.suite,"
            + SqlitePacks.ON_ACTIVE_TARGET + "AS active FROM" + ChunkTable.CHUNK
            + "CROSS JOIN pack p ON p.id = b.pack AND p.kind IS NOT NULL WHERE" + ChunkTable.IS_CHUNK
            + "AND EXISTS (SELECT 1 FROM copy WHERE copy.pack = p.id) ORDER BY active DESC, a.chunk LIMIT 1";

    private static final int BLOCK = 3;
    private static final int FIRST_CHUNK = 8;
    private static final int SUITE = 9;

    private final Database database;
    private final ChunkTable chunks;
    private final PackTable packs;
    private final long plan;
    private long turns;

    SqliteReadPlan(Database database, ChunkTable chunks, PackTable packs, long plan) {
        this.database = database;
        this.chunks = chunks;
        this.packs = packs;
        this.plan = plan;
    }

    /** Where each chunk of one file was found. Arrays, because a file may have a million. */
    private static final class Places {

        private final long[] chunk;
        private final long[] pack;
        private final long[] start;
        private final List<ChunkId> missing = new ArrayList<>();
        private int found;
        private long offset;

        private Places(int size) {
            chunk = new long[size];
            pack = new long[size];
            start = new long[size];
        }

        private void add(long chunkNumber, long packNumber, int rawSize) {
            chunk[found] = chunkNumber;
            pack[found] = packNumber;
            start[found] = offset;
            found++;
            offset += rawSize;
        }
    }

    @Override
    public List<ChunkId> add(int file, ChunkList list) {
        return database.scratch(() -> {
            Places places = new Places(list.size());
            for (ChunkId id : list) {
                locate(id, places);
            }
            if (places.missing.isEmpty()) {
                insert(file, places);
            }
            return List.copyOf(places.missing);
        });
    }

    @Override
    public Cursor<PackPlan> packs() {
        return new StepCursor<>(database, new PackSource());
    }

    @Override
    public void close() {
        database.release(() -> {
            database.sql("DELETE FROM temp.plan_chunk WHERE plan = ?")
                    .with(plan)
                    .run();
            database.sql("DELETE FROM temp.plan_pack WHERE plan = ?").with(plan).run();
        });
    }

    private void locate(ChunkId id, Places places) throws SQLException {
        try (Sql row = ChunkTable.bind(database.sql(PLACE), id)) {
            if (row.next()) {
                long chunk = row.number(1);
                PackEntry entry =
                        ChunkBlock.read(row, BLOCK).entry(chunk, row.number(FIRST_CHUNK), PackTable.suite(row, SUITE));
                places.add(chunk, row.number(2), entry.rawSize());
            } else {
                places.missing.add(id);
            }
        }
    }

    private void insert(int file, Places places) throws SQLException {
        for (int i = 0; i < places.found; i++) {
            database.sql("INSERT INTO temp.plan_chunk (plan, turn, chunk, file, start) VALUES (?, ?, ?, ?, ?)")
                    .with(plan)
                    .with(turn(places.pack[i]))
                    .with(places.chunk[i])
                    .with(file)
                    .with(places.start[i])
                    .run();
        }
    }

    private long turn(long pack) throws SQLException {
        long turn = database.sql("SELECT turn FROM temp.plan_pack WHERE plan = ? AND pack = ?")
                .with(plan)
                .with(pack)
                .only(-1);
        if (turn >= 0) {
            return turn;
        }
        database.sql("INSERT INTO temp.plan_pack (plan, pack, turn) VALUES (?, ?, ?)")
                .with(plan)
                .with(pack)
                .with(turns)
                .run();
        return turns++;
    }

    /** The packs, turn by turn. */
    private final class PackSource implements StepCursor.Source<PackPlan> {

        private @Nullable Sql rows;
        private boolean more;

        @Override
        public Optional<PackPlan> next() throws SQLException {
            Sql reading = rows;
            if (reading == null) {
                reading = database.sql("SELECT turn, chunk, file, start FROM temp.plan_chunk WHERE plan = ?"
                                + " ORDER BY turn, chunk, file, start")
                        .with(plan);
                rows = reading;
                more = reading.next();
            }
            return more ? Optional.of(read(reading)) : Optional.empty();
        }

        @Override
        public void close() throws SQLException {
            if (rows != null) {
                rows.close();
            }
        }

        private PackPlan read(Sql reading) throws SQLException {
            ChunkTable.Reader blocks = chunks.reader();
            try (Sql row = database.sql("SELECT " + PackTable.COLUMNS + ", p.first_chunk FROM pack p WHERE p.id = ?")
                    .with(blocks.block(reading.number(2)).pack())) {
                row.next();
                return new PackPlan(
                        packs.read(row, 1), chunks(reading, blocks, row.number(6), PackTable.suite(row, 4)));
            }
        }

        private List<PlannedChunk> chunks(Sql reading, ChunkTable.Reader blocks, long first, Suite suite)
                throws SQLException {
            List<PlannedChunk> planned = new ArrayList<>();
            long turn = reading.number(1);
            while (more && reading.number(1) == turn) {
                PackEntry entry = blocks.block(reading.number(2)).entry(reading.number(2), first, suite);
                planned.add(new PlannedChunk(entry, reading.integer(3), reading.number(4)));
                more = reading.next();
            }
            return planned;
        }
    }
}
