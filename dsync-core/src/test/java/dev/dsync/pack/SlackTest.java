package dev.dsync.pack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlackTest {

    @Test
    void anyRoomIsFilledButForAtMostOneTag() {
        for (int room = 17; room < 30_000; room++) {
            int length = Slack.longestDirectory(room);
            int slack = room - Suite.AES_256_GCM.sealedLength(length);
            assertThat(Slack.isPossible(slack))
                    .as("%d bytes in %d leave %d", length, room, slack)
                    .isTrue();
            assertThat(Suite.AES_256_GCM.sealedLength(length + 1))
                    .as("one more in %d", room)
                    .isGreaterThan(room);
        }
    }

    @Test
    void moreThanOneTagIsNoSlack() {
        assertThat(Slack.isPossible(0)).isTrue();
        assertThat(Slack.isPossible(16)).isTrue();
        assertThat(Slack.isPossible(17)).isFalse();
        assertThat(Slack.isPossible(-1)).isFalse();
    }
}
