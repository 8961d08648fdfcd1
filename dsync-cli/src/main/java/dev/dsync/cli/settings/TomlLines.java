package dev.dsync.cli.settings;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a TOML text its keys stand, for messages: the parser does not tell. Lines count from 1; 0 if a key is written
 * in a way that is not found.
 */
final class TomlLines {

    private static final Pattern KEY = Pattern.compile("\\s*[\"']?([A-Za-z0-9_-]+)[\"']?\\s*[=.].*");
    private static final Pattern TABLE = Pattern.compile("\\s*\\[\\[?\\s*[\"']?([A-Za-z0-9_-]+)[\"']?.*");

    private final Map<String, Integer> lines = new HashMap<>();
    private int rules;

    TomlLines(String text) {
        String table = "";
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            Matcher header = TABLE.matcher(line);
            Matcher key = KEY.matcher(line);
            if (header.matches()) {
                table = header.group(1);
                lines.putIfAbsent(table, number);
                if (table.equals(Keys.RULE)) {
                    lines.put(rule(rules), number);
                    rules++;
                }
            } else if (key.matches()) {
                lines.putIfAbsent(place(table, key.group(1)), number);
            }
        }
    }

    private String place(String table, String key) {
        if (table.isEmpty()) {
            return key;
        }
        return (table.equals(Keys.RULE) ? rule(rules - 1) : table) + '.' + key;
    }

    private static String rule(int index) {
        return Keys.RULE + '#' + index;
    }

    int of(String key) {
        return lines.getOrDefault(key, 0);
    }

    int ofRule(int index) {
        return lines.getOrDefault(rule(index), of(Keys.RULE));
    }

    int ofRule(int index, String key) {
        return lines.getOrDefault(rule(index) + '.' + key, ofRule(index));
    }
}
