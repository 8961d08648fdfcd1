package dev.dsync.vault;

import dev.dsync.source.FileProblem;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A setting, a line of webhooks.txt or the state of the home is wrong: a person must mend it. The message says how. */
public sealed class ConfigurationException extends IOException permits HomeBusyException {

    private static final long serialVersionUID = 1;

    public ConfigurationException(String message) {
        this(message, null);
    }

    public ConfigurationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** A file of the home cannot be read. */
    public static ConfigurationException unreadable(Path file, IOException cause) {
        return new ConfigurationException(
                file + " cannot be read: " + FileProblem.inWords(cause) + ". See what it is and who owns it", cause);
    }
}
