package dev.dsync.cli;

import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.vault.VaultCatalog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows the history of a path. */
@Command(
        name = "versions",
        sortOptions = false,
        header = "Show the history of a file, oldest first.",
        footerHeading = "%nExample:%n",
        footer = {"  dsync versions notes.txt", "", "The time of a version is what --at of cat, ls and restore takes."})
final class VersionsCommand implements Task {

    @Parameters(paramLabel = "PATH", description = "The file, from the synced folder on.")
    private String path = "";

    @Override
    public Answer run(Session session) throws IOException {
        try (VaultCatalog vault = session.openCatalog()) {
            StoredPaths paths = new StoredPaths(vault.catalog(), session.syncedFolder(vault));
            Version newest = paths.require(path, Version.UNCOMMITTED);
            if (newest.kind() == VersionKind.FOLDER) {
                throw new UsageException("folder", newest.path() + " is a folder: name a file");
            }
            History history = new History(vault.catalog(), session.times());
            List<VersionsAnswer.Line> lines = new ArrayList<>();
            for (Version version : vault.catalog().versions().history(newest.path())) {
                lines.add(new VersionsAnswer.Line(lines.size() + 1, version, history.from(version)));
            }
            return new VersionsAnswer(newest.path(), lines, session.times());
        }
    }
}
