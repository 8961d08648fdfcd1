package dev.dsync.vault;

import dev.dsync.placement.Health;
import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.Place;
import dev.dsync.storage.TargetId;
import java.time.Duration;

/**
 * One open target as it is right now, found without asking it anything.
 *
 * @param id who it is
 * @param place what fails and what waits together with it
 * @param limits what it takes in one request
 * @param health how it does in this run
 * @param untilReady how long until its rate limits let the next request through; zero for at once
 * @param lost what would be gone with it
 */
public record TargetDetail(
        TargetId id, Place place, BackendLimits limits, Health health, Duration untilReady, Loss lost) {

    /**
     * What the loss of one target alone would cost.
     *
     * @param packs data packs that lie nowhere else
     * @param bytes of these packs
     */
    public record Loss(long packs, long bytes) {

        static final Loss NOTHING = new Loss(0, 0);

        Loss and(long packBytes) {
            return new Loss(packs + 1, bytes + packBytes);
        }
    }
}
