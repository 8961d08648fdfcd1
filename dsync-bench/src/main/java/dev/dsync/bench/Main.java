package dev.dsync.bench;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** The benchmarks from the command line. */
@Command(
        name = "dsync-bench",
        description = "How fast dsync is on this machine.",
        mixinStandardHelpOptions = true,
        subcommands = {
            PipelineCommand.class,
            SealingCommand.class,
            CatalogCommand.class,
            StartCommand.class,
            Main.Micro.class
        })
public final class Main {

    /** @param args the command and its options; {@code --help} lists them */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    /** The benchmarks of single parts, run by JMH. */
    @Command(name = "micro", description = "Runs the JMH benchmarks; takes JMH's own options (-h lists them).")
    static final class Micro implements Runnable {

        @Unmatched
        private String[] options = {};

        @Override
        public void run() {
            try {
                org.openjdk.jmh.Main.main(options);
            } catch (IOException e) {
                throw new IllegalStateException("JMH could not run: " + e.getMessage(), e);
            }
        }
    }
}
