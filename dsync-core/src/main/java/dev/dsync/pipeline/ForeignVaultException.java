package dev.dsync.pipeline;

import java.io.IOException;

/**
 * What lies on a target was not sealed with this vault's key: the key is the wrong one, or the target belongs to another
 * vault. A person must decide; nothing was changed.
 */
public final class ForeignVaultException extends IOException {

    private static final long serialVersionUID = 1;

    public ForeignVaultException(String message) {
        super(message);
    }
}
