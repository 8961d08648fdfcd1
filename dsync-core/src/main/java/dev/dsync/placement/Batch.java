package dev.dsync.placement;

import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.BlobAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** What one target takes in one request: at least one upload. Guarded by the pool's lock. */
record Batch(Target target, List<Upload> uploads) {

    /** How long a blob waits for others to share its request: longer than a pack takes to fill on a slow machine. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    long bytes() {
        return uploads.stream().mapToLong(upload -> upload.bytes).sum();
    }

    /** The target has it all, at these addresses. */
    void stored(List<BlobAddress> addresses) {
        target.succeeded();
        Iterator<BlobAddress> next = addresses.iterator();
        for (Upload upload : uploads) {
            List<BlobAddress> own = new ArrayList<>();
            upload.blobs.forEach(blob -> own.add(next.next()));
            upload.stored(new Placed(target.id(), own));
        }
    }

    /** How long until it may be sent: what target, patience and rate ask for, the longest of it. */
    Duration untilReady(RateLimit rate) {
        return Stream.of(target.untilReady(), patience(rate), rate.untilFree(bytes()))
                .max(Duration::compareTo)
                .orElseThrow();
    }

    /** How long it may wait for one more upload; zero if it is full. */
    private Duration patience(RateLimit rate) {
        BackendLimits limits = target.backend.limits();
        int blobs = 1;
        int largest = 0;
        Duration least = PATIENCE;
        for (Upload upload : uploads) {
            blobs += upload.blobs.size();
            largest = Math.max(largest, upload.largest);
            Duration own = upload.patience(target.now());
            least = own.compareTo(least) < 0 ? own : least;
        }
        boolean full = blobs > limits.maxBlobsPerRequest()
                || bytes() + largest > Math.min(limits.maxRequestBytes(), rate.mostAtOnce());
        return full ? Duration.ZERO : least;
    }
}
