package dev.dsync.cli;

import java.io.Console;
import java.util.Optional;

/** A person at the keyboard, who can be asked for a secret. */
@FunctionalInterface
interface Prompt {

    /** What they type, which nobody sees; the caller wipes it. Empty if they end the input. */
    char[] ask(String question);

    /** Whoever sits at the terminal, if this process has one to ask at. */
    static Optional<Prompt> atTerminal() {
        // Some Java versions make up a console where there is none, so the launcher looks.
        Console console = System.getProperty("dsync.asks", "true").equals("true") ? System.console() : null;
        return console == null
                ? Optional.empty()
                : Optional.of(question -> {
                    char[] typed = console.readPassword("%s: ", question);
                    return typed == null ? new char[0] : typed;
                });
    }
}
