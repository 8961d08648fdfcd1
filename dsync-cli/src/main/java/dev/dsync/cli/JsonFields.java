package dev.dsync.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.dsync.source.FileFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The fields of a JSON object while it is written. Names are snake_case. */
final class JsonFields {

    private static final double NANOS_PER_SECOND = 1e9;

    private interface Writing {
        void run() throws IOException;
    }

    private final JsonGenerator json;

    JsonFields(JsonGenerator json) {
        this.json = json;
    }

    JsonFields put(String name, long value) {
        return write(() -> json.writeNumberField(name, value));
    }

    JsonFields put(String name, boolean value) {
        return write(() -> json.writeBooleanField(name, value));
    }

    JsonFields put(String name, String value) {
        return write(() -> json.writeStringField(name, value));
    }

    /** Null for an absent value, so that each object of a kind has the same fields. */
    JsonFields put(String name, Optional<?> value) {
        return write(() -> {
            if (value.isPresent()) {
                json.writeStringField(name, value.get().toString());
            } else {
                json.writeNullField(name);
            }
        });
    }

    /** A number, a truth value, a text, or a list of texts. */
    JsonFields put(String name, Object value) {
        if (value instanceof Boolean truth) {
            return put(name, truth.booleanValue());
        }
        if (value instanceof Number number) {
            return put(name, number.longValue());
        }
        if (value instanceof List<?> texts) {
            return write(() -> {
                json.writeArrayFieldStart(name);
                for (Object text : texts) {
                    json.writeString(text.toString());
                }
                json.writeEndArray();
            });
        }
        return put(name, value.toString());
    }

    /** A length of time, in seconds, to the millisecond. */
    JsonFields seconds(String name, Duration time) {
        return write(() -> json.writeNumberField(name, Math.round(time.toNanos() / NANOS_PER_SECOND * 1000) / 1000.0));
    }

    /** An array of objects. */
    <T> JsonFields list(String name, Collection<T> values, BiConsumer<T, JsonFields> fields) {
        write(() -> json.writeArrayFieldStart(name));
        for (T value : values) {
            write(json::writeStartObject);
            fields.accept(value, this);
            write(json::writeEndObject);
        }
        return write(json::writeEndArray);
    }

    /** What could not be read or written, each with its path and reason. */
    JsonFields failures(String name, List<FileFailure> failures) {
        return list(
                name,
                failures,
                (failure, json) -> json.put("path", failure.path()).put("reason", Redaction.of(failure.reason())));
    }

    private JsonFields write(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }
}
