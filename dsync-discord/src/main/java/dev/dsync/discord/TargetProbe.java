package dev.dsync.discord;

import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.StorageException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** Tries one webhook: asks where it is, stores a small blob, reads it back, deletes it. */
final class TargetProbe {

    private static final int BYTES = 1024;

    private final DiscordBackend backend;
    private final Traffic traffic;

    TargetProbe(DiscordBackend backend, Traffic traffic) {
        this.backend = backend;
        this.traffic = traffic;
    }

    TargetReport run() {
        long start = traffic.now();
        String trouble;
        try {
            backend.look();
            trouble = roundTrip();
        } catch (StorageException e) {
            trouble = String.valueOf(e.getMessage());
        }
        boolean works = trouble.isEmpty();
        Duration took = works ? Duration.ofMillis(traffic.now() - start) : Duration.ZERO;
        return new TargetReport(backend.id(), backend.place(), backend.limits(), works, took, trouble);
    }

    private String roundTrip() throws StorageException {
        ByteBuffer sent = ByteBuffer.wrap(traffic.randomBytes(BYTES));
        BlobAddress address = backend.put(List.of(sent)).get(0);
        ByteBuffer back = ByteBuffer.allocate(BYTES);
        backend.read(address, 0, back);
        backend.delete(List.of(address));
        return back.flip().equals(sent) ? "" : "what was stored came back changed";
    }
}
