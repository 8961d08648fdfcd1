package dev.dsync.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All commands by name. Only the one that is called is made: to look at the annotations of all would take longer than
 * most commands do.
 */
final class Commands {

    /**
     * One command.
     *
     * @param summary what it does, in a few words
     */
    record Entry(String name, String summary, Supplier<Task> maker) {}

    static final List<Entry> ALL = List.of(
            new Entry("sync", "Store what is new in the synced folder.", SyncCommand::new),
            new Entry("restore", "Bring files back.", RestoreCommand::new),
            new Entry("ls", "List files, newest first.", LsCommand::new),
            new Entry("versions", "Show the history of a file.", VersionsCommand::new),
            new Entry("cat", "Write a file's content to standard output.", CatCommand::new),
            new Entry("rm", "Delete files, so that they can come back.", RmCommand::new),
            new Entry("undelete", "Bring deleted files back.", UndeleteCommand::new),
            new Entry("prune", "Free storage: old versions, files deleted long ago.", PruneCommand::new),
            new Entry("status", "Show totals, targets, and what the vault survives.", StatusCommand::new),
            new Entry("check", "Verify that everything is still there and whole.", CheckCommand::new),
            new Entry("recover", "Rebuild the catalog from targets and key.", RecoverCommand::new),
            new Entry("export", "Write files.json and folders.json.", ExportCommand::new),
            new Entry("import", "Adopt what the original d-sync uploaded.", ImportCommand::new),
            new Entry("targets", "List the targets, or try them out.", TargetsCommand::new),
            new Entry("web", "Show the dashboard in a browser.", WebCommand::new),
            new Entry("key", "Look after the key: passphrase, recovery sheet.", KeyCommand::new),
            new Entry("config", "Show every setting and where it comes from.", ConfigCommand::new),
            new Entry("completion", "Write the completion script of a shell.", CompletionCommand::new));

    private Commands() {}

    static Optional<Entry> find(String name) {
        return ALL.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    static List<String> names() {
        return ALL.stream().map(Entry::name).toList();
    }

    /** Writes what there is. */
    static void overview(PrintStream out) {
        out.println("Usage: dsync [--home DIR] [--json] [-q|-v] COMMAND [OPTION...]");
        out.println("Keeps a folder safe, encrypted and versioned, on storage you already have.");
        out.println();
        ALL.forEach(entry -> out.printf("  %-10s %s%n", entry.name(), entry.summary()));
        out.println();
        out.println("  --home DIR   The home: key, targets, settings, state.");
        out.println("               Else $DSYNC_HOME, else the current folder.");
        out.println("  --json       Make standard output one JSON object.");
        out.println("  -q, -v       Say less; say more.");
        out.println("  -h, --help   Show this, or explain a command.");
        out.println("  --version    Show the version.");
        out.println();
        out.println("Exit status: 0 done; 1 some files failed, or damage was found; 2 wrong usage,");
        out.println("configuration or key; 3 no target could be reached; 130 interrupted.");
        out.println();
        out.println("'dsync COMMAND --help' explains a command. To begin: dsync sync --folder DIR");
        out.flush();
    }
}
