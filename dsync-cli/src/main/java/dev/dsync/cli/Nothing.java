package dev.dsync.cli;

import java.io.PrintStream;

/** The answer of a command that has said everything. */
enum Nothing implements Answer {
    MORE;

    @Override
    public Exit exit() {
        return Exit.DONE;
    }

    @Override
    public void toProgram(JsonFields json) {
        // A command that writes bytes takes no --json.
    }

    @Override
    public void toPeople(PrintStream text) {
        // All is said.
    }
}
