package dev.dsync.cli.settings;

import java.util.Locale;

/**
 * Something that can be set.
 *
 * @param name in {@code dsync.toml}
 * @param form which values it takes
 * @param byDefault its value when nobody sets it
 * @param effect whether this version does anything with it; others are read, checked and shown
 */
public record Key<T>(String name, Form<T> form, T byDefault, Effect effect) {

    /** Whether this version acts on a setting. */
    public enum Effect {
        NOW,
        LATER
    }

    /** The variable of the environment that sets it. */
    public String variable() {
        return "DSYNC_" + name.toUpperCase(Locale.ROOT);
    }
}
