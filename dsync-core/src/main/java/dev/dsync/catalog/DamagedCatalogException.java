package dev.dsync.catalog;

/** The local catalog is not what was written. Whoever opens it next sets it aside and rebuilds it from the targets. */
public final class DamagedCatalogException extends CatalogException {

    private static final long serialVersionUID = 1;

    public DamagedCatalogException(String message) {
        super(message);
    }

    public DamagedCatalogException(String message, Throwable cause) {
        super(message, cause);
    }
}
