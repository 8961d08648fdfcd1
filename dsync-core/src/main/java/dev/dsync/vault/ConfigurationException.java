package dev.dsync.vault;

import java.io.IOException;
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
}
