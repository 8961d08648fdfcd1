package dev.dsync.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The local catalog cannot be read or written: a full disk, a damaged file. The message says where and what to do.
 * Nothing on the targets is affected: the catalog can be rebuilt from them.
 */
public sealed class CatalogException extends UncheckedIOException
        permits DamagedCatalogException, OutdatedCatalogException {

    private static final long serialVersionUID = 1;

    public CatalogException(String message) {
        super(message, new IOException(message));
    }

    public CatalogException(String message, Throwable cause) {
        super(message, new IOException(message, cause));
    }
}
