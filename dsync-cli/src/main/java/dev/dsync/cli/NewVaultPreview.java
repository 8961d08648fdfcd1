package dev.dsync.cli;

import dev.dsync.pipeline.SyncReport;
import dev.dsync.source.FileFailure;
import dev.dsync.source.SourceFolder;
import dev.dsync.source.SourceTree;
import dev.dsync.source.SourceWalk;
import dev.dsync.vault.Home;
import dev.dsync.vault.KeyCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the very first sync would do, told without making the vault. */
final class NewVaultPreview {

    private final Session session;
    private final Path folder;

    NewVaultPreview(Session session, Path folder) {
        this.session = session;
        this.folder = folder;
    }

    /** Whether there is no trace of a vault here. */
    static boolean applies(Session session) {
        Home home = session.home();
        return !Files.exists(home.keyFile(), LinkOption.NOFOLLOW_LINKS)
                && new KeyCheck(session.builder()).vaultOfHome().isEmpty();
    }

    /** Looks at the folder. */
    SyncReport report() throws IOException {
        Instant started = session.times().now();
        Home home = session.home();
        SourceWalk walk = new SourceTree(
                        folder,
                        SyncCommand.excludes(session),
                        List.of(home.state(), home.logs(), home.keyFile(), home.localStorage()))
                .walk();
        List<FileFailure> failed = new ArrayList<>();
        List<FileFailure> skipped = new ArrayList<>();
        long added = 0;
        while (walk.hasNext()) {
            SourceFolder next = walk.next();
            added += next.files().size();
            failed.addAll(next.failures());
            next.failure().ifPresent(failed::add);
            skipped.addAll(next.skipped());
        }
        Duration took = Duration.between(started, session.times().now());
        return new SyncReport(added, 0, 0, 0, failed, skipped, 0, 0, 0, 0, took, false);
    }
}
