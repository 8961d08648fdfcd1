package dev.dsync.cli;

import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.vault.Vault;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a file's content to standard output. */
@Command(
        name = "cat",
        sortOptions = false,
        header = "Write a file's content to standard output.",
        footerHeading = "%nExamples:%n",
        footer = {"  dsync cat notes.txt", "  dsync cat log.txt --at yesterday --offset 1000000 --length 4096"})
final class CatCommand implements Task {

    @Parameters(paramLabel = "PATH", description = "The file, from the synced folder on.")
    private String path = "";

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "As it was then: 2026-11-20T18:00, 2026-11-20 (its end), yesterday, \"2 days ago\", 36h.")
    private @Nullable String at;

    @Option(names = "--offset", paramLabel = "N", description = "Begin after so many bytes; 0 unless given.")
    private long offset;

    @Option(names = "--length", paramLabel = "N", description = "Write at most so many bytes; all unless given.")
    private long length = Long.MAX_VALUE;

    @Override
    public Answer run(Session session) throws IOException {
        if (session.output().manner().json()) {
            throw new UsageException("cat writes a file's bytes, which --json has no place for: leave out --json");
        }
        if (offset < 0 || length < 0) {
            throw new UsageException("--offset and --length count bytes: give 0 or more");
        }
        try (Vault vault = session.openToRead()) {
            long sequence = new History(vault.catalog(), session.times()).sequence(at);
            Version version = new StoredPaths(vault.catalog(), session.syncedFolder(vault)).require(path, sequence);
            requireFile(version);
            long from = Math.min(offset, version.size());
            vault.content(version)
                    .transferTo(
                            from,
                            Math.min(length, version.size() - from),
                            new ContentStream(session.output().content()));
            return Nothing.MORE;
        }
    }

    private static void requireFile(Version version) throws UsageException {
        if (version.deleted()) {
            throw new UsageException(
                    "deleted_path",
                    version.path() + " was deleted: 'dsync versions' shows when it was there, --at takes that time");
        }
        if (version.kind() != VersionKind.FILE) {
            throw new UsageException(
                    "no_file",
                    version.path() + " is a " + (version.kind() == VersionKind.FOLDER ? "folder" : "symbolic link")
                            + ", not a file");
        }
    }
}
