package dev.dsync.catalog;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A root, commit or segment was opened with the right key and yet does not say what the format allows: a newer dsync
 * wrote it, or a faulty program did. The message says what and where.
 */
public final class MalformedCatalogException extends IOException {

    private static final long serialVersionUID = 1;

    public MalformedCatalogException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
