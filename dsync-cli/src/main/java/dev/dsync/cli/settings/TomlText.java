package dev.dsync.cli.settings;

import java.util.List;
import java.util.stream.Collectors;

/** Values of settings as {@code dsync.toml} has them. */
public final class TomlText {

    private TomlText() {}

    /**
     * Writes a value.
     *
     * @param value a number, a truth value, a rule, a list of such, or a text
     */
    public static String of(Object value) {
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(TomlText::of).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Rule rule) {
            return "{match = " + quoted(rule.match().toString())
                    + rule.compress().map(how -> ", compress = " + of(how)).orElse("")
                    + rule.encrypt().map(yes -> ", encrypt = " + yes).orElse("") + '}';
        }
        return value == RuleCompression.ON ? "true" : quoted(value.toString());
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (Character.isISOControl(c)) {
                quoted.append(String.format("\\u%04X", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
