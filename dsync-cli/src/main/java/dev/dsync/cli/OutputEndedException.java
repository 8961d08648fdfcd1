package dev.dsync.cli;

import java.io.IOException;

/** Standard output takes nothing more, so there is no use in going on. Whoever ends the process knows why. */
final class OutputEndedException extends IOException {

    private static final long serialVersionUID = 1;

    OutputEndedException() {
        super("standard output takes nothing more");
    }
}
