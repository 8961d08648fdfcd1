package dev.dsync.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.discord.emulator.Fault;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetUnavailableException;
import dev.dsync.storage.TestBlobs;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two thousand small packs, every twentieth request going wrong in some way. */
class SoakTest extends EmulatedHome {

    private static final int PACKS = 2000;
    private static final long SEED = 20261122;
    private static final List<Fault> FAULTS = List.of(
            Fault.REPLY_LOST,
            Fault.RESET_UPLOAD,
            Fault.RESET_DOWNLOAD,
            Fault.BAD_GATEWAY,
            Fault.FAILED_AFTERWARDS,
            Fault.WRONG_SIZE,
            Fault.TRUNCATED,
            Fault.TRUNCATED_SHORT_LENGTH,
            Fault.WRONG_RANGE,
            Fault.RANGE_IGNORED,
            Fault.LINK_EXPIRED_EARLY);

    private record Stored(DiscordBackend backend, BlobAddress address) {}

    @Test
    void everythingComesBackWithoutEverBeingRefused() throws StorageException {
        Homes home = new Homes(folder, clock);
        List<DiscordBackend> backends = new ArrayList<>();
        for (String url : emulator.urls()) {
            backends.add(home.open(url));
        }
        emulator.faults().byChance(0.05, SEED, FAULTS);
        Map<Integer, Stored> stored = storeAll(backends, new Random(SEED));

        for (Map.Entry<Integer, Stored> pack : stored.entrySet()) {
            ByteBuffer content = pack(pack.getKey());
            assertThat(patiently(() -> TestBlobs.read(
                            pack.getValue().backend(), pack.getValue().address(), 0, content.remaining())))
                    .as("pack %d, seed %d", pack.getKey(), SEED)
                    .isEqualTo(content);
        }
        assertThat(stored).hasSize(PACKS);
        assertThat(emulator.tally().answers(429))
                .as("429 of %s", emulator.tally())
                .isZero();
        assertThat(backends.stream().mapToLong(DiscordBackend::uploadsRepeated).sum())
                .isPositive();
    }

    private Map<Integer, Stored> storeAll(List<DiscordBackend> backends, Random random) throws StorageException {
        Map<Integer, Stored> stored = new LinkedHashMap<>();
        while (stored.size() < PACKS) {
            DiscordBackend backend = backends.get(random.nextInt(backends.size()));
            clock.sleep(backend.untilReady());
            List<ByteBuffer> batch = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(9) && stored.size() + i < PACKS; i++) {
                batch.add(pack(stored.size() + i));
            }
            List<BlobAddress> addresses = patiently(() -> backend.put(batch));
            addresses.forEach(address -> stored.put(stored.size(), new Stored(backend, address)));
        }
        return stored;
    }

    private static ByteBuffer pack(int number) {
        return random(1 + number % 700, number);
    }

    private <T> T patiently(Patience.Call<T> call) throws StorageException {
        while (true) {
            try {
                return call.run();
            } catch (TargetUnavailableException e) {
                clock.sleep(e.retryAfter());
            }
        }
    }
}
