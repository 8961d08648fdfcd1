package dev.dsync.pipeline.sync;

import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.catalog.Versions.Known;
import dev.dsync.pipeline.SyncEvent;
import dev.dsync.pipeline.parts.FileStates;
import dev.dsync.source.FileFailure;
import dev.dsync.source.FileMeta;
import dev.dsync.source.RelativePath;
import dev.dsync.source.SourceFile;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Counts what a sync would do, as far as that can be told without reading content, and does nothing. */
final class Preview implements Changes {

    private final Tally tally;
    private final SyncEvent.Listener listener;

    Preview(Tally tally, SyncEvent.Listener listener) {
        this.tally = tally;
        this.listener = listener;
    }

    @Override
    public void content(SourceFile file, Optional<Known> known) {
        if (known.isPresent() && looksTheSame(file.meta(), known.get().version())) {
            tally.unchanged.incrementAndGet();
            return;
        }
        (TreeComparison.exists(known) ? tally.changed : tally.added).incrementAndGet();
        listener.on(new SyncEvent.FileStarted(file.path(), file.meta().size()));
    }

    /** A file that this home has not seen yet, as after a recovery: a sync would read it, and find what is recorded. */
    private static boolean looksTheSame(FileMeta meta, Version version) {
        boolean same = switch (meta.kind()) {
            case FILE -> version.kind() == VersionKind.FILE && version.size() == meta.size();
            case SYMLINK ->
                version.kind() == VersionKind.SYMLINK && version.link().equals(meta.linkTarget());
            default -> false;
        };
        return same && version.mode() == meta.mode() && sameTime(meta, version);
    }

    /** A link's time is recorded to the microsecond. */
    private static boolean sameTime(FileMeta meta, Version version) {
        return FileStates.sameTime(version.modified(), meta.modified())
                || FileStates.sameTime(version.modified(), meta.modified().truncatedTo(ChronoUnit.MICROS));
    }

    @Override
    public void link(SourceFile link, Optional<Known> known) {
        content(link, known);
    }

    @Override
    public void folder(RelativePath path, FileMeta meta) {
        // Folders are recorded but not counted.
    }

    @Override
    public void deleted(Known known) {
        if (known.version().kind() != VersionKind.FOLDER) {
            tally.deleted.incrementAndGet();
            listener.on(new SyncEvent.FileDeleted(known.version().path()));
        }
    }

    @Override
    public void failed(FileFailure failure) {
        tally.failed(failure);
        listener.on(new SyncEvent.FileFailed(failure));
    }
}
