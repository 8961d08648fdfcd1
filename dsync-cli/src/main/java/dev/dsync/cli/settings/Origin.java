package dev.dsync.cli.settings;

import java.util.Locale;

/** Where a setting's value came from; a later one wins over those before it. */
public enum Origin {
    /** Built in. */
    DEFAULT,
    /** What the home's first sync recorded; of the synced folder alone. */
    RECORDED,
    /** {@code dsync.toml} in the home. */
    FILE,
    /** A variable of the environment. */
    ENVIRONMENT,
    /** The command line. */
    OPTION;

    /** The word for people and programs. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
