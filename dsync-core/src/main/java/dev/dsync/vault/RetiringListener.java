package dev.dsync.vault;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.KnownTarget;
import dev.dsync.placement.Health;
import dev.dsync.placement.PoolListener;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetId;
import java.util.function.Consumer;

/** Remembers in the catalog which targets are gone, so that what lay there no longer counts as held; tells people. */
final class RetiringListener implements PoolListener {

    private final Catalog catalog;
    private final Consumer<String> notices;

    RetiringListener(Catalog catalog, Consumer<String> notices) {
        this.catalog = catalog;
        this.notices = notices;
    }

    @Override
    public void changed(TargetId target, Health health, StorageException cause) {
        switch (health) {
            case RETIRED -> {
                catalog.targets().set(target, KnownTarget.State.RETIRED);
                notices.accept("target " + target + " is gone for good and is not used any more: " + cause.getMessage()
                        + ". The next sync stores again what only lay there");
            }
            case BLOCKED -> notices.accept("target " + target + " takes nothing more: " + cause.getMessage());
            case UNREACHABLE -> notices.accept("target " + target + " is left alone for now: " + cause.getMessage());
            case READY -> notices.accept("target " + target + " is back");
        }
    }
}
