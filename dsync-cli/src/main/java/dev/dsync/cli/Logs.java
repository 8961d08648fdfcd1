package dev.dsync.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import dev.dsync.vault.Home;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * The log files of a home while a command writes them: {@code d-sync.log}; {@code upload.log} with one reply of a service
 * a line, as the original program kept it; {@code download.log} with one JSON object a line for each request that read a
 * blob. Each keeps within a fixed size.
 */
final class Logs implements Closeable {

    /** Whose messages are the lines of files of their own, and of nothing else. */
    static final Map<String, String> FILES_OF_THEIR_OWN =
            Map.of("dev.dsync.upload", "upload.log", "dev.dsync.download", "download.log");

    private record Attached(Logger logger, Appender<ILoggingEvent> appender) {}

    private final List<Attached> attached = new ArrayList<>();

    private Logs() {}

    /**
     * Begins to write the files, making them readable by their owner alone.
     *
     * @param beforeLine makes room on the terminal for what is shown at once
     * @throws IOException if their folder cannot be made
     */
    static Logs open(Home home, Output.Manner manner, Runnable beforeLine) throws IOException {
        Logs logs = new Logs();
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (factory instanceof LoggerContext context) {
            Files.createDirectories(home.logs());
            Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
            root.setLevel(Level.INFO);
            context.getLogger("dev.dsync").setLevel(Level.DEBUG);
            context.getLogger("dsync").setLevel(Level.DEBUG);
            console(root, manner, beforeLine);
            logs.attach(
                    root, file(context, home.logs().resolve("d-sync.log"), "%d{ISO8601} %-5level %logger{0}: %msg%n"));
            FILES_OF_THEIR_OWN.forEach((name, file) -> logs.attach(
                    context.getLogger(name), file(context, home.logs().resolve(file), "%msg%n")));
        }
        return logs;
    }

    private void attach(Logger logger, Appender<ILoggingEvent> appender) {
        logger.addAppender(appender);
        attached.add(new Attached(logger, appender));
    }

    private static void console(Logger root, Output.Manner manner, Runnable beforeLine) {
        Appender<ILoggingEvent> console = root.getAppender(LogSetup.CONSOLE);
        if (console != null) {
            console.clearAllFilters();
            console.addFilter(new ConsoleFilter(manner, beforeLine));
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
