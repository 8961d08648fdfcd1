package dev.dsync.discord;

import static dev.dsync.storage.TestBlobs.bytes;
import static dev.dsync.storage.TestBlobs.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.storage.BlobAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeleteTest extends EmulatedHome {

    @Test
    void eachMessageIsChangedOnceHoweverManyOfItsBlobsGo() throws IOException {
        DiscordBackend backend = open(0);
        List<BlobAddress> whole = backend.put(List.of(bytes("one"), bytes("two"), bytes("three")));
        List<BlobAddress> part = backend.put(List.of(bytes("four"), bytes("five"), bytes("six")));
        emulator.tally().clear();

        List<BlobAddress> dead = new ArrayList<>(whole);
        dead.addAll(part.subList(0, 2));
        backend.delete(dead);

        assertThat(emulator.tally().requests("DELETE message")).isEqualTo(1);
        assertThat(emulator.tally().requests("PATCH message")).isEqualTo(1);
        // A message is looked at before it is changed: only Discord knows what else lies in it.
        assertThat(emulator.tally().requests()).isEqualTo(4);
        assertThat(emulator.messages(0)).hasSize(1);
        assertThat(text(backend, part.get(2), 0, 3)).isEqualTo("six");
        assertThat(backend.size(part.get(0))).isEmpty();
    }
}
