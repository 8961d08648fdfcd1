package dev.dsync.cli;

import dev.dsync.cli.settings.ByteCount;
import dev.dsync.pipeline.CheckEvent;
import java.util.concurrent.atomic.AtomicLong;

/** Shows how far a check is. */
final class CheckWatch implements CheckEvent.Listener {

    private final Output output;
    private final AtomicLong plannedPacks = new AtomicLong();
    private final AtomicLong plannedBytes = new AtomicLong();
    private final AtomicLong packs = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    CheckWatch(Output output) {
        this.output = output;
    }

    @Override
    public void on(CheckEvent event) {
        if (event instanceof CheckEvent.Planned plan) {
            plannedPacks.addAndGet(plan.packs());
            plannedBytes.addAndGet(plan.bytesToRead());
        } else if (event instanceof CheckEvent.PackChecked pack) {
            packs.incrementAndGet();
            bytes.addAndGet(pack.bytesRead());
            output.detail(2, "checked pack " + pack.pack());
        } else if (event instanceof CheckEvent.ProblemFound found) {
            output.detail(1, "wrong: " + found.problem().detail());
        }
        output.progress()
                .show(() -> packs.get() + " of " + plannedPacks.get() + " packs, " + ByteCount.shown(bytes.get())
                        + " of " + ByteCount.shown(plannedBytes.get()) + " read");
    }
}
