package dev.dsync.catalog;

/** The local catalog was written by an earlier dsync and could not be brought up to date, because it was opened to be read. */
public final class OutdatedCatalogException extends CatalogException {

    private static final long serialVersionUID = 1;

    public OutdatedCatalogException(String message) {
        super(message);
    }
}
