package dev.dsync.pipeline.parts;

/** The user asked to stop; what is stored so far is still to be committed. */
public final class StopRequestedException extends RuntimeException {

    private static final long serialVersionUID = 1;
}
