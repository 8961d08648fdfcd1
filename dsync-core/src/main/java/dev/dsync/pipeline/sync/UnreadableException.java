package dev.dsync.pipeline.sync;

import java.io.IOException;

/** A file's content cannot be read: its own trouble, not the sync's. */
final class UnreadableException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient IOException problem;

    UnreadableException(IOException problem) {
        super(problem);
        this.problem = problem;
    }

    /** What the file system said. */
    IOException problem() {
        return problem;
    }
}
