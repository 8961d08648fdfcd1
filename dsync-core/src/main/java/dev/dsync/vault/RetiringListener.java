package dev.dsync.vault;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.KnownTarget;
import dev.dsync.pipeline.SuspectCopies;
import dev.dsync.placement.Health;
import dev.dsync.placement.PoolListener;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetId;
import java.io.IOException;
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
    static RetiringListener writing(Catalog catalog, Consumer<String> notices) {
        return new RetiringListener(
                target -> {
                    catalog.targets().set(target, KnownTarget.State.RETIRED);
                    // At once: the command may fail for this very reason, and the next one must know.
                    catalog.flush();
                },
                notices);
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

    @Override
    public void changed(TargetId target, Health health, StorageException cause) {
        switch (health) {
            case RETIRED -> {
                retire.accept(target);
                notices.accept("target " + target + " is gone for good and is not used any more: " + cause.getMessage()
                        + ". The next sync stores again what only lay there");
            }
            case BLOCKED -> notices.accept("target " + target + " takes nothing more: " + cause.getMessage());
            case UNREACHABLE -> notices.accept("target " + target + " is left alone for now: " + cause.getMessage());
            case READY -> notices.accept("target " + target + " is back");
        }
    }
}
