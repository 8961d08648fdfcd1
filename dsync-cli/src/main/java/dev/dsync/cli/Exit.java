package dev.dsync.cli;

/** How a command ended, as the process's exit status tells it. */
enum Exit {
    /** All done. */
    DONE(0),
    /** Done as far as possible: some files failed, damage was found, or this machine got in the way. */
    INCOMPLETE(1),
    /** Wrong usage, configuration or key: a person must mend something first. */
    WRONG(2),
    /** No target could be reached. */
    OUT_OF_REACH(3),
    /** Stopped because somebody asked for it; as shells say for the signal INT. */
    INTERRUPTED(130);

    private final int status;

    Exit(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }
}
