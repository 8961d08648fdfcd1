package dev.dsync.catalog;

import java.util.Optional;

/** Small facts of this home alone, by name: its writer id, its synced folder, a commit under way. Names are dotted words. */
public interface HomeState {

    /** The value, if there is one. */
    Optional<String> get(String name);

    /** Sets or, if empty, removes the value. */
    void set(String name, Optional<String> value);
}
