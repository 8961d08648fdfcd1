package dev.dsync.catalog;

import java.util.Optional;

/** Small facts of this home alone, by name: its writer id, its synced folder, a commit under way. Names are dotted words. */
public interface HomeState {

    /** The value, if there is one. */
    Optional<String> get(String name);

    /** Sets or, if empty, removes the value. */
    void set(String name, Optional<String> value);

    /** Knows nothing and remembers nothing. */
    HomeState EMPTY = new HomeState() {
        @Override
        public Optional<String> get(String name) {
            return Optional.empty();
        }

        @Override
        public void set(String name, Optional<String> value) {
            throw new UnsupportedOperationException("nothing can be remembered here");
        }
    };
}
