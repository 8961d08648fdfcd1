package dev.dsync.discord;

import static dev.dsync.storage.TestBlobs.bytes;
import static dev.dsync.storage.TestBlobs.putOne;
import static dev.dsync.storage.TestBlobs.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dsync.discord.emulator.Fault;
import dev.dsync.discord.emulator.Faults.Where;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.BlobNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinksTest extends EmulatedHome {

    @Test
    void ofAnUploadAreUsedWithoutAnotherQuestion() throws IOException {
        DiscordBackend backend = open(0);
        BlobAddress address = putOne(backend, "some bytes");

        assertThat(text(backend, address, 0, 10)).isEqualTo("some bytes");
        assertThat(emulator.tally().requests("GET message")).isZero();
    }

    @Test
    void ofAllBlobsOfAMessageComeWithOneQuestion() throws IOException {
        List<BlobAddress> addresses = open(0).put(List.of(bytes("one"), bytes("two"), bytes("six")));
        DiscordBackend later = open(0);
        emulator.tally().clear();

        assertThat(text(later, addresses.get(2), 0, 3)).isEqualTo("six");
        assertThat(text(later, addresses.get(0), 0, 3)).isEqualTo("one");
        assertThat(text(later, addresses.get(1), 0, 3)).isEqualTo("two");

        assertThat(emulator.tally().requests("GET message")).isEqualTo(1);
    }

    @Test
    void areRenewedBeforeTheyEnd() throws IOException {
        DiscordBackend backend = open(0);
        BlobAddress address = putOne(backend, "some bytes");
        clock.sleep(Duration.ofHours(24).minus(Rules.LINK_MARGIN).plusSeconds(1));

        assertThat(text(backend, address, 0, 10)).isEqualTo("some bytes");
        assertThat(emulator.tally().answers(404)).isZero();
        assertThat(emulator.tally().requests("GET message")).isEqualTo(1);
    }

    @Test
    void refusedEarlyAreRenewedOnce() throws IOException {
        DiscordBackend backend = open(0);
        BlobAddress address = putOne(backend, "some bytes");
        emulator.faults().next(Where.FILE, Fault.LINK_EXPIRED_EARLY, 1);

        assertThat(text(backend, address, 0, 10)).isEqualTo("some bytes");

        emulator.faults().next(Where.FILE, Fault.LINK_EXPIRED_EARLY, 5);
        emulator.tally().clear();
        assertThatThrownBy(() -> text(backend, address, 0, 10)).isInstanceOf(BlobNotFoundException.class);
        assertThat(emulator.tally().requests("GET message")).isEqualTo(1);
        assertThat(emulator.tally().requests("GET file")).isEqualTo(2);
    }

    @Test
    void forgottenAreAskedForAgain() throws IOException {
        DiscordBackend backend = open(0);
        BlobAddress address = putOne(backend, "some bytes");

        backend.distrust(address);

        assertThat(text(backend, address, 0, 10)).isEqualTo("some bytes");
        assertThat(emulator.tally().requests("GET message")).isEqualTo(1);
    }

    @Test
    void leadToASmallPartOfALargeBlobWithTwoRequests() throws IOException {
        BlobAddress address = open(0).put(List.of(random(8_732_672, 1))).get(0);
        DiscordBackend later = open(0);
        emulator.tally().clear();

        text(later, address, 4_000_000, 4096);

        assertThat(emulator.tally().requests()).isEqualTo(2);
        assertThat(later.requests()).isEqualTo(2);
    }
}
