package dev.dsync.cli;

import java.io.PrintStream;

/** What a command has to say once it is done: to programs the fields of one JSON object, to people some lines. */
interface Answer {

    /** How it went. */
    Exit exit();

    /** Writes the fields. */
    void toProgram(JsonFields json);

    /** Writes the lines. */
    void toPeople(PrintStream text);

    /** Whether everything has been said already, to programs too. */
    default boolean isSaid() {
        return false;
    }

    /** Whether the lines are what was asked for, and so come out even if only errors are wanted. */
    default boolean isContent() {
        return true;
    }
}
