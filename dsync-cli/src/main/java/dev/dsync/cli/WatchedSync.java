package dev.dsync.cli;

import dev.dsync.cli.settings.ByteCount;
import dev.dsync.cli.settings.Keys;
import dev.dsync.pipeline.SyncEvent;
import dev.dsync.pipeline.SyncReport;
import dev.dsync.source.FolderWatch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;

/**
 * Sync after sync for as long as nobody wants it to stop. The vault is open, and its home locked, only during a pass.
 * A first pass that fails ends it, for then something is set up wrongly; a later one is told of, and the next one may do
 * better: a disk may be unmounted for a while, a target may be away.
 */
final class WatchedSync {

    private final Session session;
    private final Path folder;
    private boolean first = true;

    /** One sync; what was listed is told to the watch. */
    @FunctionalInterface
    interface Sync {
        SyncReport run(boolean first, SyncEvent.Listener listener) throws Exception;
    }

    /** @param folder the synced folder */
    WatchedSync(Session session, Path folder) {
        this.session = session;
        this.folder = folder;
    }

    /** Goes on until somebody wants it to stop. */
    Answer run(Sync sync) throws Exception {
        Output output = session.output();
        session.around().stop().heed();
        try (FolderWatch watch = SystemWatch.of(System.getProperty("os.name"), folder, output::notice)) {
            output.notice("watching " + folder + "; Ctrl-C ends it");
            new WatchLoop(
                            watch,
                            session.settings().get(Keys.INTERVAL),
                            System::nanoTime,
                            session.around().stop()::requested)
                    .run(() -> pass(sync, watch));
        }
        return Stopped.BY_WISH;
    }

    private void pass(Sync sync, FolderWatch watch) throws Exception {
        boolean complete = false;
        if (!first) {
            session.output().progress().begin("dsync sync");
        }
        try {
            SyncReport report = sync.run(first, listener(watch));
            complete = report.failed().isEmpty() && !report.interrupted();
            session.output().answer(new PassAnswer(new SyncAnswer(report, folder, false), now()));
        } catch (IOException | RuntimeException e) {
            if (first || session.around().stop().requested()) {
                throw e;
            }
            session.output().failure(Failure.of(e));
        } finally {
            watch.looked(complete);
        }
        first = false;
    }

    private SyncEvent.Listener listener(FolderWatch watch) {
        SyncWatch shown = new SyncWatch(session.output(), session.around().clock(), OptionalLong::empty);
        return event -> {
            if (event instanceof SyncEvent.FolderListed listed) {
                watch.listed(listed.path());
            }
            shown.on(event);
        };
    }

    private String now() {
        return session.times().shown(session.around().clock().instant().truncatedTo(ChronoUnit.SECONDS));
    }

    /** One line a pass. */
    private record PassAnswer(SyncAnswer sync, String at) implements Answer {

        @Override
        public Exit exit() {
            return sync.exit();
        }

        @Override
        public void toProgram(JsonFields json) {
            sync.toProgram(json);
        }

        @Override
        public void toPeople(PrintStream text) {
            SyncReport report = sync.report();
            text.printf(
                    "%s  %d added, %d changed, %d deleted, %d failed; stored %s, %s%n",
                    at,
                    report.added(),
                    report.changed(),
                    report.deleted(),
                    report.failed().size(),
                    ByteCount.shown(report.bytesStored()),
                    Lines.took(report.took()));
        }

        @Override
        public boolean isContent() {
            return false;
        }
    }

    /** Every pass has had its line. */
    private enum Stopped implements Answer {
        BY_WISH;

        @Override
        public Exit exit() {
            return Exit.INTERRUPTED;
        }

        @Override
        public void toProgram(JsonFields json) {
            throw new IllegalStateException("the passes have said all");
        }

        @Override
        public void toPeople(PrintStream text) {
            // All is said.
        }

        @Override
        public boolean isSaid() {
            return true;
        }
    }
}
