package dev.dsync.pipeline;

import dev.dsync.source.FileFailure;
import dev.dsync.source.RelativePath;

/** What happens during a sync, as it happens. */
public sealed interface SyncEvent {

    /** A folder was listed. */
    record FolderListed(RelativePath path, int files) implements SyncEvent {}

    /** A file is being read because it is new or changed. */
    record FileStarted(RelativePath path, long bytes) implements SyncEvent {}

    /** Content was read, of whichever file. */
    record BytesRead(long bytes) implements SyncEvent {}

    /** All content of a file lies on targets; the next commit makes it part of the vault. */
    record FileStored(RelativePath path) implements SyncEvent {}

    /** A path was found deleted. */
    record FileDeleted(RelativePath path) implements SyncEvent {}

    /** Something could not be read, and the sync went on. */
    record FileFailed(FileFailure failure) implements SyncEvent {}

    /** A pack is full, or the last of its pass, and waits for its targets. */
    record PackSealed(long bytes) implements SyncEvent {}

    /** A pack lies on its targets. */
    record PackStored(long bytes, int copies) implements SyncEvent {}

    /** A commit is part of the vault. */
    record Committed(long sequence) implements SyncEvent {}

    /** Hears of events; called from several threads, must return quickly. */
    interface Listener {

        /** Hears nothing. */
        Listener SILENT = event -> {};

        void on(SyncEvent event);
    }
}
