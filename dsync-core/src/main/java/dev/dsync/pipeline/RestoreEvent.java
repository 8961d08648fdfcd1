package dev.dsync.pipeline;

import dev.dsync.source.FileFailure;
import dev.dsync.source.RelativePath;

/** What happens during a restore, as it happens. */
public sealed interface RestoreEvent {

    /** It is known what is to be restored, or more of it. */
    record Planned(long files, long bytes) implements RestoreEvent {}

    /** Content was written. */
    record BytesWritten(long bytes) implements RestoreEvent {}

    /** A file is complete, verified and in its place. */
    record FileRestored(RelativePath path) implements RestoreEvent {}

    /** A file was left as it is. */
    record FileSkipped(RelativePath path) implements RestoreEvent {}

    /** A file could not be restored, and the restore went on. */
    record FileFailed(FileFailure failure) implements RestoreEvent {}

    /** Hears of events; called from several threads, must return quickly. */
    interface Listener {

        /** Hears nothing. */
        Listener SILENT = event -> {};

        void on(RestoreEvent event);
    }
}
