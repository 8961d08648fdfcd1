package dev.dsync.cli.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.dsync.source.PathPattern;
import dev.dsync.vault.ConfigurationException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code dsync.toml} says.
 *
 * @param values by key; each of its key's type
 * @param lines by key; where it stands
 * @param rules in the file's order
 */
record SettingsFile(Map<Key<?>, Object> values, Map<Key<?>, Integer> lines, List<Rule> rules) {

    private static final String MATCH = "match";
    private static final String COMPRESS = "compress";
    private static final String ENCRYPT = "encrypt";

    private static final Form<RuleCompression> COMPRESS_FORM = Form.choice(
            List.of(RuleCompression.ZSTD, RuleCompression.ZLIB, RuleCompression.OFF),
            RuleCompression.ON,
            RuleCompression.OFF);

    /** What the original program's config.py set, by other names. */
    private static final Map<String, String> ORIGINAL = Map.of(
            "partition_size", "pack_size says how large the pieces are that go to a target",
            "chunk_size", "pack_size says how large the pieces are that go to a target",
            "use_compression", "write compression = true or false",
            "enable_compression", "write compression = true or false",
            "use_encryption", "write encryption = true or false",
            "enable_encryption", "write encryption = true or false",
            "read_buffer_size", "read_buffer says how far to read ahead",
            "buffer_size", "read_buffer says how far to read ahead",
            "webhooks", "targets stand in webhooks.txt, one a line");

    /**
     * Reads the file; if there is none, nothing is set.
     *
     * @throws ConfigurationException if it is no TOML, or holds a key or value that there is not; with its line
     */
    static SettingsFile read(Path file) throws IOException {
        String text;
        try {
            // Editors on Windows begin a text with a mark of its byte order, which is none of TOML.
            String content = Files.readString(file);
            text = content.startsWith("\uFEFF") ? content.substring(1) : content;
        } catch (NoSuchFileException e) {
            return new SettingsFile(Map.of(), Map.of(), List.of());
        } catch (CharacterCodingException e) {
            throw new ConfigurationException(file + " is not UTF-8 text: save it as UTF-8", e);
        } catch (IOException e) {
            throw ConfigurationException.unreadable(file, e);
        }
        return new Reader(file, new TomlLines(text)).read(text);
    }

    /** One reading of one file. */
    private record Reader(Path file, TomlLines lines) {

        SettingsFile read(String text) throws ConfigurationException {
            JsonNode tree = parse(text);
            Map<Key<?>, Object> values = new HashMap<>();
            Map<Key<?>, Integer> places = new HashMap<>();
            List<Rule> rules = List.of();
            for (Map.Entry<String, JsonNode> entry : tree.properties()) {
                String name = entry.getKey();
                if (name.equals(Keys.RULE)) {
                    rules = rules(entry.getValue());
                } else {
                    Key<?> key = key(name);
                    values.put(key, value(key.form(), entry.getValue(), name, lines.of(name)));
                    places.put(key, lines.of(name));
                }
            }
            return new SettingsFile(values, places, rules);
        }

        private JsonNode parse(String text) throws ConfigurationException {
            try {
                return new TomlMapper().readTree(text);
            } catch (JsonProcessingException e) {
                int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
                throw wrong(line, "this is no TOML: " + e.getOriginalMessage());
            }
        }

        private Key<?> key(String name) throws ConfigurationException {
            return Keys.ALL.stream()
                    .filter(key -> key.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> unknown(
                            name,
                            lines.of(name),
                            Stream.concat(Keys.ALL.stream().map(Key::name), Stream.of(Keys.RULE))
                                    .toList()));
        }

        private <T> T value(Form<T> form, JsonNode node, String name, int line) throws ConfigurationException {
            try {
                return form.read(node);
            } catch (IllegalArgumentException e) {
                throw wrong(line, name + ' ' + e.getMessage());
            }
        }

        private List<Rule> rules(JsonNode node) throws ConfigurationException {
            if (!node.isArray()) {
                throw wrong(lines.of(Keys.RULE), "write rules as tables, each under a line [[rule]]");
            }
            List<Rule> rules = new ArrayList<>();
            for (Iterator<JsonNode> each = node.elements(); each.hasNext(); ) {
                rules.add(rule(each.next(), rules.size()));
            }
            return rules;
        }

        private Rule rule(JsonNode node, int index) throws ConfigurationException {
            if (!node.isObject()) {
                throw wrong(lines.of(Keys.RULE), "write rules as tables, each under a line [[rule]]");
            }
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                if (!List.of(MATCH, COMPRESS, ENCRYPT).contains(entry.getKey())) {
                    throw unknown(
                            entry.getKey(), lines.ofRule(index, entry.getKey()), List.of(MATCH, COMPRESS, ENCRYPT));
                }
            }
            Optional<PathPattern> match = ruleValue(node, index, MATCH, Form.pattern());
            return new Rule(
                    match.orElseThrow(() -> wrong(lines.ofRule(index), "this rule lacks " + MATCH)),
                    ruleValue(node, index, COMPRESS, COMPRESS_FORM),
                    ruleValue(node, index, ENCRYPT, Form.truth()));
        }

        private <T> Optional<T> ruleValue(JsonNode rule, int index, String name, Form<T> form)
                throws ConfigurationException {
            return rule.has(name)
                    ? Optional.of(value(form, rule.get(name), name, lines.ofRule(index, name)))
                    : Optional.empty();
        }

        private ConfigurationException unknown(String name, int line, List<String> known) {
            String original = ORIGINAL.get(name.toLowerCase(Locale.ROOT));
            String meant = original != null
                    ? original
                    : Nearest.to(name, known)
                            .map(word -> "did you mean " + word + '?')
                            .orElse("there are " + String.join(", ", known));
            return wrong(line, "there is no setting " + name + "; " + meant);
        }

        private ConfigurationException wrong(int line, String what) {
            return new ConfigurationException(file + (line > 0 ? ", line " + line : "") + ": " + what);
        }
    }
}
