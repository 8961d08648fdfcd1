package dev.dsync.cli;

import dev.dsync.cli.settings.ByteCount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** How far a command is, in words for one line: the most important first, because a narrow terminal cuts the end off. */
final class Advance {

    private static final int HUNDRED = 100;

    /** What the first few bytes took says nothing of the rest: a hundredth of all does, or this much. */
    private static final long ENOUGH_BYTES = 4 << 20;

    private final Pace pace;

    Advance(Pace pace) {
        this.pace = pace;
    }

    /**
     * One line.
     *
     * @param done bytes so far
     * @param total bytes in all, if that is known
     * @param packs packs so far that went with those bytes, to tell how many are to come; 0 if none are counted
     * @param rest what else there is to say
     */
    String line(String doing, long done, OptionalLong total, long packs, List<String> rest) {
        OptionalLong rate = pace.perSecond(done);
        long all = total.isPresent() ? Math.max(total.getAsLong(), done) : 0;
        List<String> parts = new ArrayList<>();
        parts.add((all > 0 ? done * HUNDRED / all + " %  " : "")
                + doing
                + ' '
                + ByteCount.shown(done)
                + (all > 0 ? " of " + ByteCount.shown(all) : ""));
        rate.ifPresent(perSecond -> parts.add(ByteCount.shown(perSecond) + "/s"));
        if (all > done && rate.isPresent() && done >= Math.min(all / HUNDRED, ENOUGH_BYTES)) {
            parts.add(Pace.shown(Duration.ofSeconds((all - done) / rate.getAsLong())) + " left");
        }
        if (all > done && packs > 0 && done > 0) {
            parts.add("about " + Lines.count(Math.max(1, Math.round((double) (all - done) / done * packs)), "pack")
                    + " to go");
        }
        parts.addAll(rest);
        return String.join(", ", parts);
    }
}
