package dev.dsync.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a command says and where: answers to standard output, as text or as one JSON object; everything else to standard
 * error. Safe for use by many threads.
 */
final class Output {

    private static final int USUAL_COLUMNS = 80;

    /** For the log file: the console has heard it. Made when there is something to say, as most lookups have nothing. */
    private static final class Said {
        static final Logger LOG = LoggerFactory.getLogger("dsync.said");
    }

    private final PrintStream out;
    private final PrintStream err;
    private final Manner manner;
    private final Stop stop;
    private final ProgressLine progress;

    /**
     * How much is said, and how.
     *
     * @param json whether the answer is for a program
     * @param quiet whether only errors and what was asked for are said
     * @param verbosity how much more than usual is said: 0, 1, 2
     */
    record Manner(boolean json, boolean quiet, int verbosity) {

        static final Manner USUAL = new Manner(false, false, 0);
    }

    Output(Surroundings around, Manner manner) {
        this.out = around.out();
        this.err = around.err();
        this.manner = manner;
        this.stop = around.stop();
        this.progress = new ProgressLine(
                err,
                around.terminal() && !manner.quiet() && !isDumb(around.environment()),
                columns(around.environment()),
                around.clock());
    }

    /** One that cannot write a line again; such a terminal says so. */
    private static boolean isDumb(Map<String, String> environment) {
        return environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** As the launcher found the terminal, or less if somebody wants less; 80 where nobody knows. */
    private static int columns(Map<String, String> environment) {
        String given = environment.getOrDefault("COLUMNS", "");
        int wanted = given.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(given) : Integer.MAX_VALUE;
        int found = Integer.getInteger("dsync.columns", Integer.MAX_VALUE);
        int columns = Math.min(wanted, found);
        return columns == Integer.MAX_VALUE ? USUAL_COLUMNS : columns;
    }

    Manner manner() {
        return manner;
    }

    /** Where bytes go that were asked for. */
    PrintStream content() {
        return out;
    }

    /** The line that shows how far a command is. */
    ProgressLine progress() {
        return progress;
    }

    /** Says something that is no failure. */
    void notice(String sentence) {
        Said.LOG.info("{}", sentence);
        if (!manner.quiet()) {
            line("dsync: " + Printable.of(Redaction.of(sentence)));
        }
    }

    /** Says something that only some want to hear. */
    void detail(int verbosity, String sentence) {
        if (manner.verbosity() >= verbosity) {
            line(Printable.of(Redaction.of(sentence)));
        }
    }

    private void line(String text) {
        synchronized (progress) {
            progress.clear();
            err.println(text);
        }
    }

    /** Says what a command found. */
    void answer(Answer answer) {
        progress.end();
        stop.answer();
        if (manner.json() && !answer.isSaid()) {
            object(answer::toProgram);
        } else if (!manner.quiet() || answer.isContent()) {
            answer.toPeople(out);
        }
        out.flush();
    }

    /** Says why a command did not do what it is for. */
    void failure(Failure failure) {
        Said.LOG.error("{}: {}", failure.code(), failure.detail());
        progress.end();
        stop.answer();
        if (manner.json()) {
            object(json -> json.put("error", failure.code())
                    .put("detail", failure.detail())
                    .put("exit", failure.exit().status()));
        } else {
            err.println("dsync: " + Printable.of(failure.detail()));
        }
        out.flush();
        err.flush();
    }

    private void object(Consumer<JsonFields> fields) {
        try (JsonGenerator json =
                new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            json.writeStartObject();
            fields.accept(new JsonFields(json));
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Shows where a failure came from, to those who look for a bug. */
    void trace(Throwable cause) {
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace, true));
        err.print(Redaction.of(trace.toString()));
    }
}
