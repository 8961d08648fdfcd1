package dev.dsync.bench;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** In which virtual machine a benchmark measures: an option of those that measure in their own. */
final class Machine {

    /** A benchmark, which returns the exit status. */
    interface Measurement {
        int run() throws IOException, InterruptedException;
    }

    @Option(
            names = "--here",
            description =
                    "Measures in this virtual machine, with whatever options it was started. Default: in a new one "
                            + "with the collector that dsync runs with and the other options of this one.")
    private boolean here;

    /** Measures here, or has the same command line do so in a new machine. */
    int run(CommandSpec command, Measurement measurement) throws IOException, InterruptedException {
        return run(command, List.of(), measurement);
    }

    /**
     * The same, with a heap of a certain size.
     *
     * @param heap options for a new machine, unless this one was given some for its heap
     */
    int run(CommandSpec command, List<String> heap, Measurement measurement) throws IOException, InterruptedException {
        return here
                ? measurement.run()
                : FreshMachine.run(
                        command.name(),
                        command.root().commandLine().getParseResult().originalArgs(),
                        heap,
                        command.commandLine().getOut());
    }
}
