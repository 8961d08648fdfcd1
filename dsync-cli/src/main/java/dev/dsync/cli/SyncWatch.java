package dev.dsync.cli;

import dev.dsync.cli.settings.ByteCount;
import dev.dsync.pipeline.SyncEvent;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows and logs how far a sync is. */
final class SyncWatch implements SyncEvent.Listener {

    private static final Logger LOG = LoggerFactory.getLogger("dsync.sync");

    private final Output output;
    private final AtomicLong files = new AtomicLong();
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong packs = new AtomicLong();
    private final Supplier<OptionalLong> total;
    private final Advance advance;
    private volatile String path = "";

    /** @param total how many bytes will be read, once that is known */
    SyncWatch(Output output, InstantSource clock, Supplier<OptionalLong> total) {
        this.output = output;
        this.total = total;
        this.advance = new Advance(new Pace(clock));
    }

    @Override
    public void on(SyncEvent event) {
        if (event instanceof SyncEvent.FolderListed folder) {
            files.addAndGet(folder.files());
        } else if (event instanceof SyncEvent.FileStarted file) {
            path = file.path().value();
        } else if (event instanceof SyncEvent.BytesRead bytes) {
            read.addAndGet(bytes.bytes());
        } else if (event instanceof SyncEvent.PackStored pack) {
            stored.addAndGet(pack.bytes() * pack.copies());
            packs.incrementAndGet();
            say(2, "pack of " + ByteCount.shown(pack.bytes()) + " stored, copies: " + pack.copies());
        } else if (event instanceof SyncEvent.FileStored file) {
            say(1, "stored " + file.path());
        } else if (event instanceof SyncEvent.FileDeleted file) {
            say(1, "deleted " + file.path());
        } else if (event instanceof SyncEvent.FileFailed file) {
            say(1, "could not be read: " + file.failure());
        } else if (event instanceof SyncEvent.Committed commit) {
            say(2, "commit " + commit.sequence() + " made");
        }
        output.progress().show(this::line);
    }

    private void say(int verbosity, String sentence) {
        output.detail(verbosity, sentence);
        LOG.debug("{}", sentence);
    }

    private String line() {
        return advance.line(
                "read",
                read.get(),
                total.get(),
                packs.get(),
                List.of(
                        ByteCount.shown(stored.get()) + " stored",
                        Lines.count(files.get(), "file") + " seen" + (path.isEmpty() ? "" : "  " + path)));
    }
}
