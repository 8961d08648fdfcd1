package dev.dsync.documentation;

import java.nio.file.Path;
import java.util.List;

/** Runs a document's commands the way a reader would: one after the other, in one home, until one fails. */
final class DocumentedRun {

    /** The command line under test. */
    @FunctionalInterface
    interface Program {

        /** Runs one command in the home and returns its exit status. */
        int run(Path home, List<String> arguments) throws Exception;
    }

    private final Program program;

    DocumentedRun(Program program) {
        this.program = program;
    }

    /**
     * Runs all commands in order.
     *
     * @throws AssertionError naming the first command that did not exit with 0
     */
    void inHome(Path home, List<DocumentedCommand> commands) throws Exception {
        for (DocumentedCommand command : commands) {
            int status = program.run(home, command.arguments());
            if (status != 0) {
                throw new AssertionError(command + " exits with " + status);
            }
        }
    }
}
