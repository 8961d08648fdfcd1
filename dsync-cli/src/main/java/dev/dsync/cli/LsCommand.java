package dev.dsync.cli;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.catalog.Versions.Listed;
import dev.dsync.catalog.Versions.Scope;
import dev.dsync.source.RelativePath;
import dev.dsync.vault.VaultCatalog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists files. */
@Command(
        name = "ls",
        sortOptions = false,
        header = "List files and symbolic links, newest first.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  dsync ls                      everything",
            "  dsync ls photos --deleted     a folder, with the files deleted from it",
            "  dsync ls --at \"2 weeks ago\"   as it was then"
        })
final class LsCommand implements PlainTask {

    @Parameters(
            paramLabel = "PATH",
            arity = "0..1",
            description = "A file, a folder or a pattern, from the synced folder on.")
    private @Nullable String path;

    @Option(names = "--deleted", description = "Deleted files too, as they were last.")
    private boolean deleted;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "As it was then: 2026-11-20T18:00, 2026-11-20 (its end), yesterday, \"2 days ago\", 36h.")
    private @Nullable String at;

    @Override
    public boolean takes(String word) {
        if (word.equals("--deleted") && !deleted) {
            deleted = true;
            return true;
        }
        if (word.startsWith("-") || path != null) {
            return false;
        }
        path = word;
        return true;
    }

    @Override
    public Answer run(Session session) throws IOException {
        try (VaultCatalog vault = session.openCatalog()) {
            Catalog catalog = vault.catalog();
            if (catalog.commits().head().isEmpty()) {
                session.output().notice("nothing is stored yet; 'dsync sync' stores the synced folder");
            }
            Scope scope = deleted ? Scope.WITH_DELETED : Scope.LIVE;
            long sequence = at == null ? Version.UNCOMMITTED : new History(catalog, session.times()).sequence(at);
            Selection selection =
                    new Selection(catalog, new StoredPaths(catalog, session.syncedFolder(vault)), sequence, scope);
            Predicate<RelativePath> wanted = selection.of(path == null ? List.of() : List.of(path));
            RelativePath from =
                    path == null ? RelativePath.ROOT : selection.known(path).orElse(RelativePath.ROOT);
            return new LsAnswer(list(catalog, from, sequence, scope, wanted), session.times());
        }
    }

    private static List<LsAnswer.Line> list(
            Catalog catalog, RelativePath from, long sequence, Scope scope, Predicate<RelativePath> wanted) {
        List<LsAnswer.Line> lines = new ArrayList<>();
        try (Cursor<Listed> tree = catalog.versions().tree(from, sequence, scope)) {
            while (tree.hasNext()) {
                Listed listed = tree.next();
                if (isFile(listed.version()) && wanted.test(listed.version().path())) {
                    lines.add(new LsAnswer.Line(
                            listed.version(), listed.versions(), isDeleted(catalog, listed, sequence)));
                }
            }
        }
        lines.sort(LsCommand::newestFirst);
        return lines;
    }

    private static boolean isFile(Version version) {
        return version.kind() != VersionKind.FOLDER;
    }

    private static int newestFirst(LsAnswer.Line a, LsAnswer.Line b) {
        int order = b.version().modified().compareTo(a.version().modified());
        return order != 0 ? order : a.version().path().compareTo(b.version().path());
    }

    /** The newest version of a path is what it is; before that, a deletion may have followed. */
    private static boolean isDeleted(Catalog catalog, Listed listed, long sequence) {
        return listed.number() < listed.versions()
                && catalog.versions()
                        .at(listed.version().path(), sequence)
                        .filter(Version::deleted)
                        .isPresent();
    }
}
