package dev.dsync.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * What of the log people see at once: what dsync tells at level INFO, what libraries tell from WARN on; with {@code -q}
 * errors alone, with {@code -v -v} everything. What a command says in its own way is not repeated.
 */
final class ConsoleFilter extends Filter<ILoggingEvent> {

    /** The names of loggers whose messages were said already. */
    private static final String SAID = "dsync.";

    private static final String OURS = "dev.dsync.";

    private final Output.Manner manner;
    private final Runnable beforeLine;

    /** @param beforeLine makes room on the terminal for a line that is shown */
    ConsoleFilter(Output.Manner manner, Runnable beforeLine) {
        this.manner = manner;
        this.beforeLine = beforeLine;
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
        String logger = event.getLoggerName();
        boolean shown = !logger.startsWith(SAID) && event.getLevel().isGreaterOrEqual(threshold(logger));
        if (shown) {
            beforeLine.run();
        }
        return shown ? FilterReply.NEUTRAL : FilterReply.DENY;
    }

    private Level threshold(String logger) {
        if (manner.quiet()) {
            return Level.ERROR;
        }
        if (manner.verbosity() > 1) {
            return Level.DEBUG;
        }
        return logger.startsWith(OURS) ? Level.INFO : Level.WARN;
    }
}
