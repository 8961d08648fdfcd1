package dev.dsync.cli.settings;

/**
 * What one setting is, and why.
 *
 * @param key which setting
 * @param value what it is set to
 * @param origin who said so
 */
public record Setting<T>(Key<T> key, T value, Origin origin) {

    /** The value as people and programs read it: a number, a truth value, a text, or a list of texts. */
    public Object shown() {
        return key.form().show(value);
    }
}
