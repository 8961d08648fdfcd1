package dev.dsync.metadata;

import dev.dsync.catalog.CatalogRecord.TargetState;
import dev.dsync.catalog.KnownTarget;
import dev.dsync.catalog.KnownTarget.State;
import dev.dsync.catalog.Targets;
import dev.dsync.catalog.Version;
import dev.dsync.storage.TargetId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The targets of an {@link SqliteCatalog}. A target that only a copy names counts as active and has no record. */
final class TargetTable implements Targets {

    /** The sequence of what has no record. */
    private static final int NO_RECORD = 0;

    private final Database database;
    private final Map<Long, TargetId> known = new HashMap<>();

    TargetTable(Database database) {
        this.database = database;
    }

    @Override
    public List<KnownTarget> all() {
        return database.read(() -> read(" ORDER BY t.name"));
    }

    @Override
    public Optional<KnownTarget> find(TargetId target) {
        return database.read(() -> {
            long number = number(target);
            return number < 0
                    ? Optional.empty()
                    : read(" AND t.id = " + number).stream().findFirst();
        });
    }

    @Override
    public void remember(TargetId target) {
        database.write(() -> {
            numberOrNew(target);
            database.sql("UPDATE target SET sequence = NULL WHERE name = ? AND sequence = " + NO_RECORD)
                    .with(target.value())
                    .run();
        });
    }

    @Override
    public void set(TargetId target, State state) {
        database.write(() -> {
            numberOrNew(target);
            database.sql("UPDATE target SET sequence = NULL, state = ?1 WHERE name = ?2"
                            + " AND (state <> ?1 OR sequence = " + NO_RECORD + ")")
                    .with(state.ordinal())
                    .with(target.value())
                    .run();
        });
    }

    /** Takes in a record. Wants the database's lock, as do the methods below. */
    void apply(TargetState record) throws SQLException {
        numberOrNew(record.target());
        Sql sql = database.sql("UPDATE target SET state = ?1, sequence = ?2 WHERE name = ?3"
                + " AND sequence IS NOT NULL AND (?2 IS NULL OR sequence < ?2)");
        sql.with(record.state().ordinal())
                .withNullable(record.sequence() == Version.UNCOMMITTED ? null : record.sequence())
                .with(record.target().value())
                .run();
    }

    void forget() throws SQLException {
        database.sql("UPDATE target SET state = 0, sequence = " + NO_RECORD + " WHERE sequence IS NOT NULL")
                .run();
    }

    /** The target with this number. Numbers are given once and for all. */
    TargetId target(long number) throws SQLException {
        TargetId target = known.get(number);
        if (target == null) {
            try (Sql row = database.sql("SELECT name FROM target WHERE id = ?").with(number)) {
                if (!row.next()) {
                    throw DatabaseFile.corrupt("no target " + number);
                }
                target = new TargetId(row.text(1));
                known.put(number, target);
            }
        }
        return target;
    }

    /** The number of a target, a new one if it has none yet. */
    long numberOrNew(TargetId target) throws SQLException {
        long number = number(target);
        if (number >= 0) {
            return number;
        }
        database.sql("INSERT INTO target (name, state, sequence) VALUES (?, 0, " + NO_RECORD + ")")
                .with(target.value())
                .run();
        return number(target);
    }

    private long number(TargetId target) throws SQLException {
        return database.sql("SELECT id FROM target WHERE name = ?")
                .with(target.value())
                .only(-1);
    }

    private List<KnownTarget> read(String where) throws SQLException {
        List<KnownTarget> targets = new ArrayList<>();
        try (Sql rows = database.sql("SELECT t.name, t.state, coalesce(c.packs, 0), coalesce(c.bytes, 0) FROM target t"
                + " LEFT JOIN (SELECT target, count(DISTINCT pack) AS packs, sum(size) AS bytes FROM copy"
                + " JOIN pack ON pack.id = copy.pack AND pack.kind IS NOT NULL GROUP BY target) c ON c.target = t.id"
                + " WHERE (t.sequence IS NOT 0 OR c.packs > 0)" + where)) {
            while (rows.next()) {
                State state = rows.integer(2) == 0 ? State.ACTIVE : State.RETIRED;
                targets.add(new KnownTarget(new TargetId(rows.text(1)), state, rows.number(3), rows.number(4)));
            }
        }
        return targets;
    }
}
