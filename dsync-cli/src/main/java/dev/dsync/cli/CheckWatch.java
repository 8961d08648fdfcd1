package dev.dsync.cli;

import dev.dsync.pipeline.CheckEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** Shows how far a check is. */
final class CheckWatch implements CheckEvent.Listener {

    private final Output output;
    private final AtomicLong plannedPacks = new AtomicLong();
    private final AtomicLong plannedBytes = new AtomicLong();
    private final AtomicLong packs = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    private final Advance advance;
    private final Pace packPace;

    CheckWatch(Output output, InstantSource clock) {
        this.output = output;
        this.advance = new Advance(new Pace(clock));
        this.packPace = new Pace(clock);
    }

    @Override
    public void on(CheckEvent event) {
        if (event instanceof CheckEvent.Planned plan) {
            // The catalog's own packs were checked before, and count too.
            plannedPacks.set(packs.get() + plan.packs());
            plannedBytes.set(plan.bytesToRead() == 0 ? 0 : bytes.get() + plan.bytesToRead());
        } else if (event instanceof CheckEvent.PackChecked pack) {
            packs.incrementAndGet();
            bytes.addAndGet(pack.bytesRead());
            output.detail(2, "checked pack " + pack.pack());
        } else if (event instanceof CheckEvent.ProblemFound found) {
            output.detail(1, "wrong: " + found.problem().detail());
        }
        output.progress().show(this::line);
    }

    private String line() {
        if (plannedPacks.get() < packs.get()) {
            return Lines.count(packs.get(), "pack") + " checked";
        }
        String checked = packs.get() + " of " + Lines.count(plannedPacks.get(), "pack") + " checked";
        OptionalLong rate = packPace.perSecond(packs.get());
        if (plannedBytes.get() > 0) {
            return advance.line("read", bytes.get(), OptionalLong.of(plannedBytes.get()), 0, List.of(checked));
        }
        long open = plannedPacks.get() - packs.get();
        return checked
                + (rate.isPresent() && rate.getAsLong() > 0
                        ? ", " + Pace.shown(Duration.ofSeconds(open / rate.getAsLong())) + " left"
                        : "");
    }
}
