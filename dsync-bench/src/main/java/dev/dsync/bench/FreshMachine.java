package dev.dsync.bench;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A virtual machine like the one dsync runs in: nothing compiled yet, and the serial collector. */
final class FreshMachine {

    /** What the launcher gives too: other collectors need more room for the same packs. */
    private static final String COLLECTOR = "-XX:+UseSerialGC";

    /** What the launcher gives too: a run of seconds spends more on compiling large units than they give back. */
    private static final List<String> COMPILER = List.of("-XX:FreqInlineSize=100", "-XX:InlineSmallCode=900");

    private FreshMachine() {}

    /**
     * Gives the command {@code name} with the same words in a new one, whose output goes to {@code out}. Returns its exit
     * code.
     *
     * @param heap options for its heap, unless this machine was given some
     */
    static int run(String name, List<String> words, List<String> heap, PrintWriter out)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments();
        command.addAll(COMPILER);
        command.addAll(options);
        if (options.stream().noneMatch(option -> option.startsWith("-Xm"))) {
            command.addAll(heap);
        }
        if (options.stream().noneMatch(option -> option.matches("-XX:\\+Use\\w+GC"))) {
            command.add(COLLECTOR);
        }
        command.addAll(List.of(
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.add(name);
        command.add("--here");
        command.addAll(words.subList(words.indexOf(name) + 1, words.size()));
        Process machine = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (Reader printed = new InputStreamReader(machine.getInputStream(), StandardCharsets.UTF_8)) {
            printed.transferTo(out);
        }
        out.flush();
        return machine.waitFor();
    }
}
