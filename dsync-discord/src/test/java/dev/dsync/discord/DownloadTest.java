package dev.dsync.discord;

import static dev.dsync.storage.TestBlobs.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dsync.discord.emulator.Fault;
import dev.dsync.discord.emulator.Faults.Where;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DownloadTest extends EmulatedHome {

    private static final int SIZE = 500_000;

    private final ByteBuffer content = random(SIZE, 3);
    private DiscordBackend backend;
    private BlobAddress address;

    @BeforeEach
    void store() throws StorageException {
        backend = open(0);
        address = backend.put(List.of(content)).get(0);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "RESET_DOWNLOAD",
                "TRUNCATED",
                "TRUNCATED_SHORT_LENGTH",
                "WRONG_RANGE",
                "RANGE_IGNORED",
                "LINK_EXPIRED_EARLY",
                "BAD_GATEWAY",
                "LIMITED",
                "REPLY_LOST"
            })
    void getsTheRightBytesInSpiteOf(Fault fault) throws IOException {
        emulator.faults().next(Where.FILE, fault, 1);

        assertThat(read(backend, address, 100_001, 300_000)).isEqualTo(content.slice(100_001, 300_000));
        assertThat(read(backend, address, 0, SIZE)).isEqualTo(content);
    }

    @Test
    void getsTheRightBytesAfterASilence() throws IOException {
        emulator.faults().next(Where.FILE, Fault.STALL, 1);

        assertThat(read(openImpatiently(0), address, 0, SIZE)).isEqualTo(content);
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET_DOWNLOAD", "TRUNCATED"})
    void goesOnFromWhereItBroke(Fault fault) throws IOException {
        emulator.faults().next(Where.FILE, fault, 8);

        assertThat(read(backend, address, 0, SIZE)).isEqualTo(content);
    }

    @Test
    void worksWithAServiceThatKnowsNoRanges() throws IOException {
        emulator.rules().rangesHonoured = false;

        assertThat(read(backend, address, 400_000, 100_000)).isEqualTo(content.slice(400_000, 100_000));
    }

    @ParameterizedTest
    @EnumSource(names = {"BAD_GATEWAY", "REPLY_LOST"})
    void givesUpWhatNeverComes(Fault fault) {
        emulator.faults().next(Where.FILE, fault, 100);
        ByteBuffer target = ByteBuffer.allocate(SIZE).position(17);

        assertThatThrownBy(() -> backend.read(address, 0, target)).isInstanceOf(TargetUnavailableException.class);
        assertThat(target.position()).isEqualTo(17);
        assertThat(emulator.tally().requests("GET file")).isEqualTo(Rules.TRIES);
    }

    @Test
    void neverTakesAShorterFileForTheWholeOne() {
        emulator.rules().rangesHonoured = false;
        emulator.faults().next(Where.FILE, Fault.TRUNCATED_SHORT_LENGTH, 100);

        assertThatThrownBy(() -> read(backend, address, 0, 1000)).isInstanceOf(TargetUnavailableException.class);
    }
}
