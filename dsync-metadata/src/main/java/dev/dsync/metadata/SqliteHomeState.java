package dev.dsync.metadata;

import dev.dsync.catalog.HomeState;
import java.util.Optional;

/** The home's own facts in an {@link SqliteCatalog}. */
final class SqliteHomeState implements HomeState {

    private final Database database;

    SqliteHomeState(Database database) {
        this.database = database;
    }

    @Override
    public Optional<String> get(String name) {
        return database.read(() -> {
            try (Sql row = database.sql("SELECT value FROM home WHERE name = ?").with(name)) {
                return row.next() ? Optional.of(row.text(1)) : Optional.empty();
            }
        });
    }

    @Override
    public void set(String name, Optional<String> value) {
        database.write(() -> {
            if (value.isPresent()) {
                database.sql("INSERT OR REPLACE INTO home (name, value) VALUES (?, ?)")
                        .with(name)
                        .with(value.get())
                        .run();
            } else {
                database.sql("DELETE FROM home WHERE name = ?").with(name).run();
            }
        });
    }
}
