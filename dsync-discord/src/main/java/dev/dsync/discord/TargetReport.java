package dev.dsync.discord;

import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.Place;
import dev.dsync.storage.TargetId;
import java.time.Duration;

/**
 * What a test of one webhook found.
 *
 * @param place where the webhook is: its guild as the account, its channel as the lane. Webhooks of one channel share its
 *     limit of messages
 * @param limits what it takes in one request, as known now
 * @param works whether a small blob was stored, read back unchanged and deleted
 * @param roundTrip how long that took, the waiting for limits included; zero if it did not work
 * @param trouble why it does not work, for people and without any secret; empty if it does
 */
public record TargetReport(
        TargetId id, Place place, BackendLimits limits, boolean works, Duration roundTrip, String trouble) {}
