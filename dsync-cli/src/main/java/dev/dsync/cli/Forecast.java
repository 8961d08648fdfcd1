package dev.dsync.cli;

import dev.dsync.catalog.Versions.Known;
import dev.dsync.source.FileKind;
import dev.dsync.source.RelativePath;
import dev.dsync.source.SourceFile;
import dev.dsync.source.SourceFolder;
import dev.dsync.source.SourceTree;
import dev.dsync.source.SourceWalk;
import dev.dsync.vault.Home;
import dev.dsync.vault.Vault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How much a sync is going to read, found out beside it for the person who waits: a second walk that compares and reads
 * nothing. What the sync has recorded before this walk comes along is missing from the figure.
 */
final class Forecast {

    private final Vault vault;
    private final SourceTree tree;
    private final List<RelativePath> again;
    private volatile long bytes;
    private volatile boolean ended;
    private volatile boolean stopped;

    /** @param again what is read whether or not it has changed, with all beneath it */
    Forecast(Session session, Vault vault, Path folder, List<RelativePath> again) throws IOException {
        Home home = session.home();
        this.vault = vault;
        this.again = List.copyOf(again);
        this.tree = new SourceTree(
                folder,
                SyncCommand.excludes(session),
                List.of(home.state(), home.logs(), home.keyFile(), home.localStorage()));
    }

    /** Begins, in a thread that ends by itself. */
    Forecast begin() {
        Thread walk = new Thread(this::walk, "forecast");
        walk.setDaemon(true);
        walk.start();
        return this;
    }

    /** Bytes to read in all, once that is known. */
    OptionalLong bytes() {
        return ended ? OptionalLong.of(bytes) : OptionalLong.empty();
    }

    /** Nobody wants to know any more. */
    void stop() {
        stopped = true;
    }

    private void walk() {
        try {
            SourceWalk walk = tree.walk();
            while (!stopped && walk.hasNext()) {
                bytes += toRead(walk.next());
            }
            ended = !stopped;
        } catch (IOException | RuntimeException e) {
            // Then nobody knows: the sync itself says what is wrong, and the vault may have been closed meanwhile.
        }
    }

    private long toRead(SourceFolder folder) {
        Map<String, Known> known = vault.catalog().versions().children(folder.path());
        return folder.files().stream()
                .filter(file -> file.meta().kind() == FileKind.FILE
                        && (isNew(file, known.get(file.path().name())) || isReadAgain(file.path())))
                .mapToLong(file -> file.meta().size())
                .sum();
    }

    private boolean isReadAgain(RelativePath path) {
        return again.stream().anyMatch(path::startsWith);
    }

    private static boolean isNew(SourceFile file, @Nullable Known known) {
        return known == null
                || known.stamp().isEmpty()
                || known.stamp().getAsLong() != file.meta().stamp().value();
    }
}
