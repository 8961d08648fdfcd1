package dev.dsync.pipeline;

/** The user asked to stop; what is stored so far is still to be committed. */
final class StopRequestedException extends RuntimeException {

    private static final long serialVersionUID = 1;
}
