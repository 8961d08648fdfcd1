package dev.dsync.pipeline.sync;

import dev.dsync.catalog.VersionKind;
import dev.dsync.catalog.Versions.Known;
import dev.dsync.pipeline.SyncEvent;
import dev.dsync.source.FileFailure;
import dev.dsync.source.FileMeta;
import dev.dsync.source.RelativePath;
import dev.dsync.source.SourceFile;
import java.util.Optional;

/** Counts what a sync would do, and does nothing. */
final class Preview implements Changes {

    private final Tally tally;
    private final SyncEvent.Listener listener;

    Preview(Tally tally, SyncEvent.Listener listener) {
        this.tally = tally;
        this.listener = listener;
    }

    @Override
    public void content(SourceFile file, Optional<Known> known) {
        (TreeComparison.exists(known) ? tally.changed : tally.added).incrementAndGet();
        listener.on(new SyncEvent.FileStarted(file.path(), file.meta().size()));
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
