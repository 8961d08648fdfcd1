package dev.dsync.cli;

import dev.dsync.cli.settings.Nearest;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes what a shell needs to complete dsync's commands and options. */
@Command(
        name = "completion",
        sortOptions = false,
        header = "Write the completion script of a shell to standard output.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  dsync completion bash    in ~/.bashrc: source <(dsync completion bash)",
            "  dsync completion zsh     save it as _dsync in a folder of $fpath",
            "  dsync completion fish    save it as ~/.config/fish/completions/dsync.fish"
        })
final class CompletionCommand implements Task {

    private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

    @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
    private String shell = "";

    @Override
    public Answer run(Session session) throws UsageException {
        Completion completion = new Completion(Manual.read());
        return new Script(
                shell,
                switch (shell) {
                    case "bash" -> completion.bash();
                    case "zsh" -> completion.zsh();
                    case "fish" -> completion.fish();
                    default ->
                        throw new UsageException("there is no completion for " + shell
                                + Nearest.to(shell, SHELLS)
                                        .map(meant -> "; did you mean " + meant + '?')
                                        .orElse("; there is one for " + String.join(", ", SHELLS)));
                });
    }

    private record Script(String shell, List<String> lines) implements Answer {

        @Override
        public Exit exit() {
            return Exit.DONE;
        }

        @Override
        public void toProgram(JsonFields json) {
            json.put("shell", shell).put("script", String.join("\n", lines) + '\n');
        }

        @Override
        public void toPeople(PrintStream text) {
            lines.forEach(line -> text.print(line + '\n'));
        }
    }
}
