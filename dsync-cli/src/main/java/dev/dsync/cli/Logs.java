package dev.dsync.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import dev.dsync.vault.Home;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * The log files of a home while a command writes them: {@code d-sync.log}, and {@code upload.log} with one reply of a
 * service a line, as the original program kept it. Each keeps within a fixed size.
 */
final class Logs implements Closeable {

    private static final String UPLOADS = "dev.dsync.upload";

    private record Attached(Logger logger, Appender<ILoggingEvent> appender) {}

    private final List<Attached> attached = new ArrayList<>();

    private Logs() {}

    /**
     * Begins to write the files, making them readable by their owner alone.
     *
     * @throws IOException if their folder cannot be made
     */
    static Logs open(Home home, Output.Manner manner) throws IOException {
        Logs logs = new Logs();
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (factory instanceof LoggerContext context) {
            Files.createDirectories(home.logs());
            Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
            root.setLevel(Level.INFO);
            context.getLogger("dev.dsync").setLevel(Level.DEBUG);
            context.getLogger("dsync").setLevel(Level.DEBUG);
            console(root, manner);
            logs.attach(
                    root, file(context, home.logs().resolve("d-sync.log"), "%d{ISO8601} %-5level %logger{0}: %msg%n"));
            Logger uploads = context.getLogger(UPLOADS);
            uploads.setLevel(Level.INFO);
            uploads.setAdditive(false);
            logs.attach(uploads, file(context, home.logs().resolve("upload.log"), "%msg%n"));
        }
        return logs;
    }

    private void attach(Logger logger, Appender<ILoggingEvent> appender) {
        logger.addAppender(appender);
        attached.add(new Attached(logger, appender));
    }

    /** What goes to the files as well is not for everybody's eyes. */
    private static void console(Logger root, Output.Manner manner) {
        Appender<ILoggingEvent> console = root.getAppender(LogSetup.CONSOLE);
        if (console != null) {
            Level level = manner.quiet() ? Level.ERROR : manner.verbosity() > 1 ? Level.DEBUG : Level.WARN;
            console.clearAllFilters();
            console.addFilter(new Filter<>() {
                @Override
                public FilterReply decide(ILoggingEvent event) {
                    // What the command itself logs it says in its own way.
                    boolean own = event.getLoggerName().startsWith("dsync.");
                    return !own && event.getLevel().isGreaterOrEqual(level) ? FilterReply.NEUTRAL : FilterReply.DENY;
                }
            });
        }
    }

    private static PrivateLogFile file(LoggerContext context, Path path, String pattern) {
        PrivateLogFile file = new PrivateLogFile(path);
        file.setContext(context);
        file.setEncoder(LogSetup.encoder(context, pattern));
        file.start();
        return file;
    }

    @Override
    public void close() {
        for (Attached each : attached) {
            each.logger().detachAppender(each.appender());
            each.appender().stop();
        }
        attached.clear();
    }
}
