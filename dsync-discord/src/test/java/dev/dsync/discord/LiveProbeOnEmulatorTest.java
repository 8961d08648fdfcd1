package dev.dsync.discord;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The probe that asks the real Discord, tried on the one whose answers are known. */
class LiveProbeOnEmulatorTest extends EmulatedHome {

    @Test
    void findsTheRulesAndLeavesNothing() throws IOException {
        emulator.rules().fileBytesRefused = 10_000_000;
        int request = 26_300_000;
        emulator.rules().requestBytes = request;

        Map<String, String> found = new LiveProbe(emulator.urls().get(0), folder, clock, clock::sleep)
                .run(List.of(9_999_999, 10_000_000), List.of(request - 2000, request));

        assertThat(found)
                .containsEntry("a file of 9999999", "taken")
                .containsEntry("three packs in one request", "taken")
                .containsEntry("three files of together " + (request - 2000), "taken")
                .containsEntry("a link lasts, in seconds", "86400")
                .containsEntry("a range", "206, bytes 10-19/100000")
                .containsKeys("GET webhook", "POST", "GET message", "PATCH message", "DELETE message");
        assertThat(found.get("a file of 10000000")).contains("413, code 40005");
        assertThat(found.get("three files of together " + request)).contains("413, code 40005");
        assertThat(found.get("PATCH message")).contains("200, ", "X-RateLimit-Limit=5", "X-RateLimit-Remaining=");
        assertThat(emulator.files()).isZero();
        assertThat(emulator.messages(0)).isEmpty();
    }
}
