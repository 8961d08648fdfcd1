package dev.dsync.cli.settings;

import java.util.Locale;

/**
 * Something that can be set.
 *
 * @param name in {@code dsync.toml}
 * @param form which values it takes
 * @param byDefault its value when nobody sets it
 */
public record Key<T>(String name, Form<T> form, T byDefault) {

    /** The variable of the environment that sets it. */
    public String variable() {
        return "DSYNC_" + name.toUpperCase(Locale.ROOT);
    }

    /** There is one key of a name. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Key<?> that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
