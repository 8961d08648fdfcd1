package dev.dsync.pipeline;

import dev.dsync.pack.PackId;

/** What happens during a check, as it happens. */
public sealed interface CheckEvent {

    /** The packs are about to be checked: so many, of which so many bytes are read, every copy counted. */
    record Planned(long packs, long bytesToRead) implements CheckEvent {}

    /** A pack was looked at; so many bytes were read for it. */
    record PackChecked(PackId pack, long bytesRead) implements CheckEvent {}

    /** Something is wrong, and the check went on. The paths that need a damaged chunk are not known yet. */
    record ProblemFound(CheckProblem problem) implements CheckEvent {}

    /** Hears of events; called from several threads, must return quickly. */
    interface Listener {

        /** Hears nothing. */
        Listener SILENT = event -> {};

        void on(CheckEvent event);
    }
}
