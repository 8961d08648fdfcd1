package dev.dsync.vault;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.KnownTarget;
import dev.dsync.pipeline.parts.HomeFacts;
import dev.dsync.placement.Health;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetGoneException;
import dev.dsync.storage.TargetId;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The targets of this home that were found gone for good: remembered as retired, and under which line. Someone who then
 * writes another line for the same target, such as a webhook's new URL, brings it back.
 */
final class Deaths {

    private final Catalog catalog;
    private final LineMemory memory;
    private final OpenTargets targets;
    private final TargetTroubles troubles;
    private final Consumer<String> notices;

    Deaths(Catalog catalog, OpenTargets targets, TargetTroubles troubles, Consumer<String> notices) {
        this.catalog = catalog;
        this.memory = new LineMemory(catalog.home());
        this.targets = targets;
        this.troubles = troubles;
        this.notices = notices;
    }

    /** The target is gone: what lies there counts as lost. */
    void retire(TargetId target) {
        catalog.targets().set(target, KnownTarget.State.RETIRED);
        targets.line(target).ifPresent(line -> memory.died(target, line));
        // At once: the command may fail for this very reason, and the next one must know.
        catalog.flush();
    }

    /** Targets that were found gone when they were opened and that the catalog does not know to be retired. */
    Map<TargetId, StorageException> unsettled() {
        Map<TargetId, StorageException> gone = targets.gone(memory);
        gone.keySet()
                .removeIf(target -> catalog.targets()
                        .find(target)
                        .filter(known -> known.state() == KnownTarget.State.RETIRED)
                        .isPresent());
        targets.unreachable()
                .keySet()
                .forEach(line -> targets.id(line, memory)
                        .filter(target -> memory.diedAs(target, line))
                        .ifPresent(gone::remove));
        return gone;
    }

    /** Takes note of targets that were found gone when they were opened. */
    void settle() {
        targets.unreachable().forEach((line, failure) -> {
            if (failure instanceof TargetGoneException) {
                targets.id(line, memory)
                        .filter(target -> !memory.diedAs(target, line))
                        .ifPresent(target -> {
                            if (catalog.targets().find(target).isPresent()) {
                                catalog.targets().set(target, KnownTarget.State.RETIRED);
                            }
                            memory.died(target, line);
                            troubles.learned(target, Health.RETIRED, String.valueOf(failure.getMessage()));
                            notices.accept(RetiringListener.gone(target, failure));
                        });
            }
        });
    }

    /** Brings back the targets that died and answer under a line that is new. */
    void revive() {
        targets.open().forEach((target, line) -> {
            if (memory.diedOtherwise(target.id(), line)) {
                revive(target, line);
            }
        });
    }

    private void revive(StorageBackend target, TargetLine line) {
        try {
            target.root().read();
        } catch (TargetGoneException e) {
            memory.died(target.id(), line);
            return;
        } catch (StorageException e) {
            // It has not said whether it lives; the next run asks again.
            return;
        }
        if (catalog.targets().find(target.id()).isPresent()) {
            catalog.targets().set(target.id(), KnownTarget.State.ACTIVE);
        }
        new HomeFacts(catalog.home()).forgetLoss(target.id());
        memory.lives(target.id());
        troubles.forget(target.id());
        notices.accept("target " + target.id() + " answers again under its new line, and is used again");
    }
}
