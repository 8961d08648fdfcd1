package dev.dsync.cli.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.dsync.source.PathPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which values a setting takes: how they are written in the file, in the environment, and when they are shown.
 *
 * @param wanted the values in words, as they follow after "must be"
 * @param types how the file may write them
 * @param reader of one value's text; of a list, the texts with {@link Patterns#END} after each
 * @param shower of a value: a number, a truth value, a text, or a list of texts
 */
public record Form<T>(String wanted, Set<JsonNodeType> types, Function<String, T> reader, Function<T, Object> shower) {

    /** A hundred years: longer than anybody waits, and no clock's arithmetic ends below it. */
    private static final Duration LONGEST_TIME = Duration.ofDays(36_500);

    /**
     * The value that a text of the environment or the command line stands for.
     *
     * @throws IllegalArgumentException if it stands for none; the message says what is wanted
     */
    public T read(String text) {
        try {
            return reader.apply(text);
        } catch (Patterns.SenselessException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw refused('"' + text + '"');
        }
    }

    /** The value that the file holds; throws as {@link #read(String)} does. */
    T read(JsonNode node) {
        if (!types.contains(node.getNodeType())) {
            throw refused(node.toString());
        }
        if (!node.isArray()) {
            return read(node.asText());
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode each : node) {
            if (!each.isTextual()) {
                throw refused(node.toString());
            }
            texts.add(each.asText());
        }
        return read(texts.stream().map(text -> text + Patterns.END).collect(Collectors.joining()));
    }

    Object show(T value) {
        return shower.apply(value);
    }

    private IllegalArgumentException refused(String found) {
        return new IllegalArgumentException("must be " + wanted + ", found " + found);
    }

    /** Any text but the empty one. */
    static Form<String> text(String wanted) {
        return new Form<>(wanted, Set.of(JsonNodeType.STRING), Form::notEmpty, text -> text);
    }

    /** As {@link Patterns} are read. */
    static Form<List<String>> patterns(String wanted) {
        return new Form<>(wanted, Set.of(JsonNodeType.ARRAY), Patterns::read, patterns -> patterns);
    }

    static Form<Boolean> truth() {
        return new Form<>("true or false", Set.of(JsonNodeType.BOOLEAN), Form::truth, truth -> truth);
    }

    static Form<Integer> count(int least, int most) {
        return new Form<>(
                "a whole number from " + least + " to " + most,
                Set.of(JsonNodeType.NUMBER),
                text -> (int) within(Long.parseLong(text), least, most),
                count -> count);
    }

    /** Bytes, as a number or with a unit. */
    static Form<Long> bytes(String what, long least, long most) {
        return new Form<>(
                what + ", from " + ByteCount.shown(least) + " to " + ByteCount.shown(most)
                        + ", such as 8388608 or \"8 MiB\"",
                Set.of(JsonNodeType.NUMBER, JsonNodeType.STRING),
                text -> within(ByteCount.parse(text), least, most),
                bytes -> bytes);
    }

    /** How fast bytes go. */
    static Form<Integer> kibibytesPerSecond() {
        Form<Integer> count = count(0, Integer.MAX_VALUE);
        return new Form<>(
                "a whole number of KiB a second, 0 for as many as possible",
                count.types(),
                count.reader(),
                count.shower());
    }

    static Form<Duration> time(Duration least) {
        return new Form<>(
                "a time such as \"60s\", \"90m\" or \"30d\""
                        + (least.isZero() ? "" : ", at least \"" + TimeSpan.shown(least) + '"') + ", at most \""
                        + TimeSpan.shown(LONGEST_TIME) + '"',
                Set.of(JsonNodeType.STRING),
                text -> {
                    Duration time = TimeSpan.parse(text);
                    within(time.toSeconds(), least.toSeconds(), LONGEST_TIME.toSeconds());
                    return time;
                },
                TimeSpan::shown);
    }

    /** One of the constants of an enum, written as they show themselves. */
    static <E extends Enum<E>> Form<E> choice(List<E> choices) {
        return new Form<>(quoted(choices), Set.of(JsonNodeType.STRING), text -> chosen(choices, text), Enum::toString);
    }

    /** The same, where true and false stand for two of them. */
    static <E extends Enum<E>> Form<E> choice(List<E> choices, E on, E off) {
        return new Form<>(
                "true or false or " + quoted(choices),
                Set.of(JsonNodeType.STRING, JsonNodeType.BOOLEAN),
                text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "true" -> on;
                    case "false" -> off;
                    default -> chosen(choices, text);
                },
                Enum::toString);
    }

    private static <E extends Enum<E>> String quoted(List<E> choices) {
        return choices.stream().map(choice -> '"' + choice.toString() + '"').collect(Collectors.joining(" or "));
    }

    private static <E extends Enum<E>> E chosen(List<E> choices, String text) {
        return choices.stream()
                .filter(choice -> choice.toString().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(text));
    }

    /** A pattern that picks files. */
    static Form<PathPattern> pattern() {
        return new Form<>(
                "a pattern of files, such as \"*.jpg\" or \"/public/\"",
                Set.of(JsonNodeType.STRING),
                Patterns::one,
                PathPattern::toString);
    }

    private static String notEmpty(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("empty");
        }
        return text;
    }

    private static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static long within(long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(Long.toString(value));
        }
        return value;
    }
}
