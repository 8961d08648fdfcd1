package dev.dsync.pipeline.sync;

/** Another writer's commit was taken in: what was compared so far was compared with an older catalog. */
final class CatalogMovedException extends RuntimeException {

    private static final long serialVersionUID = 1;
}
