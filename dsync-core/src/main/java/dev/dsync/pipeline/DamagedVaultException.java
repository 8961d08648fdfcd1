package dev.dsync.pipeline;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Something stored is not what was stored: the message says what, where, and what was found instead. */
public final class DamagedVaultException extends IOException {

    private static final long serialVersionUID = 1;

    public DamagedVaultException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
