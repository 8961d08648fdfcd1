package dev.dsync.cli;

import dev.dsync.pipeline.RestoreEvent;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** Shows how far a restore is. */
final class RestoreWatch implements RestoreEvent.Listener {

    private final Output output;
    private final AtomicLong plannedFiles = new AtomicLong();
    private final AtomicLong plannedBytes = new AtomicLong();
    private final AtomicLong files = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    private final Advance advance;

    RestoreWatch(Output output, InstantSource clock) {
        this.output = output;
        this.advance = new Advance(new Pace(clock));
    }

    @Override
    public void on(RestoreEvent event) {
        if (event instanceof RestoreEvent.Planned plan) {
            plannedFiles.addAndGet(plan.files());
            plannedBytes.addAndGet(plan.bytes());
        } else if (event instanceof RestoreEvent.BytesWritten written) {
            bytes.addAndGet(written.bytes());
        } else if (event instanceof RestoreEvent.FileRestored file) {
            files.incrementAndGet();
            output.detail(1, "restored " + file.path());
        } else if (event instanceof RestoreEvent.FileSkipped file) {
            output.detail(2, "left as it is: " + file.path());
        } else if (event instanceof RestoreEvent.FileFailed file) {
            output.detail(1, "could not be restored: " + file.failure());
        }
        output.progress().show(this::line);
    }

    private String line() {
        return advance.line(
                "restored",
                bytes.get(),
                OptionalLong.of(plannedBytes.get()),
                0,
                List.of(files.get() + " of " + Lines.count(plannedFiles.get(), "file")));
    }
}
