package dev.dsync.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes man pages and completion scripts when a bundle is made, from what the commands themselves say. */
public final class Handbook {

    private Handbook() {}

    /** @param arguments the folder that gets {@code man/man1} and {@code completions} */
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]));
    }

    static void write(Path folder) throws IOException {
        Manual manual = Manual.read();
        Completion completion = new Completion(manual);
        Path man = Files.createDirectories(folder.resolve("man/man1"));
        write(man.resolve("dsync.1"), manual.man(Cli.version()));
        for (Manual.Page page : manual.pages()) {
            write(man.resolve("dsync-" + page.name() + ".1"), manual.man(Cli.version(), page));
        }
        Path completions = Files.createDirectories(folder.resolve("completions"));
        write(completions.resolve("dsync.bash"), completion.bash());
        write(completions.resolve("_dsync"), completion.zsh());
        write(completions.resolve("dsync.fish"), completion.fish());
    }

    private static void write(Path file, List<String> lines) throws IOException {
        Files.writeString(file, String.join("\n", lines) + '\n');
    }
}
