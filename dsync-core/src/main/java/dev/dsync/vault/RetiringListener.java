package dev.dsync.vault;

import dev.dsync.pipeline.parts.SuspectCopies;
import dev.dsync.placement.Health;
import dev.dsync.placement.PoolListener;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetId;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** Remembers in the catalog which targets are gone, so that what lay there no longer counts as held; tells people. */
final class RetiringListener implements PoolListener {

    private final Consumer<TargetId> retire;
    private final Consumer<String> notices;

    private RetiringListener(Consumer<TargetId> retire, Consumer<String> notices) {
        this.retire = retire;
        this.notices = notices;
    }

    /** One that remembers. */
    static RetiringListener writing(Deaths deaths, Consumer<String> notices) {
        return new RetiringListener(deaths::retire, notices);
    }

    /** One for a catalog that may not be written: it tells, and leaves a note for the next sync. */
    static RetiringListener telling(SuspectCopies notes, Consumer<String> notices) {
        return new RetiringListener(
                target -> {
                    try {
                        notes.gone(target);
                    } catch (IOException e) {
                        notices.accept("that target " + target + " is gone cannot be noted for the next sync: "
                                + e.getMessage());
                    }
                },
                notices);
    }

    static String gone(TargetId target, StorageException cause) {
        return "target " + target + " is gone for good and is not used any more: " + cause.getMessage()
                + ". The next sync stores again what only lay there";
    }

    @Override
    public void allWait(Duration pause, StorageException cause) {
        notices.accept("no target takes anything now, the next try is in " + (pause.toMillis() + 999) / 1000
                + " s; what is stored so far is kept: " + cause.getMessage());
    }

    @Override
    public void changed(TargetId target, Health health, StorageException cause) {
        switch (health) {
            case RETIRED -> {
                retire.accept(target);
                notices.accept(gone(target, cause));
            }
            case BLOCKED -> notices.accept("target " + target + " takes nothing more: " + cause.getMessage());
            case UNREACHABLE -> notices.accept("target " + target + " is left alone for now: " + cause.getMessage());
            case READY -> notices.accept("target " + target + " is back");
        }
    }
}
