package dev.dsync.discord;

import static dev.dsync.storage.TestBlobs.bytes;
import static dev.dsync.storage.TestBlobs.putOne;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dsync.discord.emulator.Fault;
import dev.dsync.discord.emulator.Faults.Where;
import dev.dsync.storage.TargetUnavailableException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class MessageRootTest extends EmulatedHome {

    @Test
    void isFoundByWhoKnowsNothingButTheUrl() throws IOException {
        open(0).root().write(bytes("the root"));

        assertThat(openElsewhere(0).root().read()).hasValue(bytes("the root"));
        assertThat(emulator.name(0)).matches("dsync-[0-9a-z]{13}");
    }

    @Test
    void costsFourRequestsToSetUpAndOneToReplaceOrRead() throws IOException {
        DiscordBackend backend = open(0);
        backend.root().read();
        backend.root().write(bytes("first"));
        assertThat(backend.root().read()).hasValue(bytes("first"));
        assertThat(emulator.tally().requests()).isEqualTo(4);
        assertThat(backend.requests()).isEqualTo(4);

        backend.root().write(bytes("second"));
        assertThat(emulator.tally().requests()).isEqualTo(5);
        assertThat(emulator.messages(0)).hasSize(1);
    }

    @Test
    void costsOneRequestAfterARestartToo() throws IOException {
        open(0).root().write(bytes("first"));
        emulator.tally().clear();

        assertThat(open(0).root().read()).hasValue(bytes("first"));
        open(0).root().write(bytes("second"));

        assertThat(emulator.tally()).hasToString("{GET message=1, PATCH message=1} answered {200=2}");
    }

    @Test
    void isFoundWhereAnotherHomeMadeItAnew() throws IOException {
        DiscordBackend here = open(0);
        here.root().write(bytes("first"));
        emulator.deleteMessage(0, emulator.messages(0).get(0));
        openElsewhere(0).root().write(bytes("theirs"));

        assertThat(open(0).root().read()).hasValue(bytes("theirs"));
        here.root().write(bytes("ours"));

        assertThat(openElsewhere(0).root().read()).hasValue(bytes("ours"));
        assertThat(emulator.messages(0)).hasSize(1);
    }

    @Test
    void keepsItsMessageWhenOnlyTheNameIsGone() throws IOException {
        DiscordBackend backend = open(0);
        backend.root().write(bytes("first"));
        String name = emulator.name(0);
        emulator.rename(0, "Captain Hook");
        clock.sleep(Rules.NAME_TRUSTED.plusMillis(1));

        backend.root().write(bytes("second"));

        assertThat(emulator.name(0)).isEqualTo(name);
        assertThat(emulator.messages(0)).hasSize(1);
        assertThat(openElsewhere(0).root().read()).hasValue(bytes("second"));
    }

    @Test
    void isMadeAgainWhenItsMessageIsGone() throws IOException {
        DiscordBackend backend = open(0);
        backend.root().write(bytes("first"));
        String name = emulator.name(0);
        emulator.deleteMessage(0, emulator.messages(0).get(0));

        assertThat(backend.root().read()).isEmpty();
        backend.root().write(bytes("second"));

        assertThat(emulator.name(0)).isNotEqualTo(name);
        assertThat(openElsewhere(0).root().read()).hasValue(bytes("second"));
    }

    @Test
    void isMadeAgainWhenAnUploadShowsThatTheNameIsGone() throws IOException {
        DiscordBackend backend = open(0);
        backend.root().write(bytes("first"));
        emulator.rename(0, "Captain Hook");

        putOne(backend, "pack");
        backend.root().write(bytes("second"));

        assertThat(openElsewhere(0).root().read()).hasValue(bytes("second"));
    }

    @Test
    void writtenByAnotherHomeIsSeenAndReplaced() throws IOException {
        DiscordBackend here = open(0);
        assertThat(here.root().read()).isEmpty();
        openElsewhere(0).root().write(bytes("theirs"));
        clock.sleep(Rules.NAME_TRUSTED.plusMillis(1));

        assertThat(here.root().read()).hasValue(bytes("theirs"));
        here.root().write(bytes("ours"));

        assertThat(openElsewhere(0).root().read()).hasValue(bytes("ours"));
        assertThat(emulator.messages(0)).hasSize(1);
    }

    @Test
    void whoseReplyIsLostIsWrittenAllTheSame() throws IOException {
        DiscordBackend backend = open(0);
        backend.root().write(bytes("first"));
        emulator.faults().next(Where.EDIT, Fault.REPLY_LOST, 1);

        backend.root().write(bytes("second"));

        assertThat(backend.root().read()).hasValue(bytes("second"));
    }

    @Test
    void thatIsSomethingElseIsNone() throws IOException {
        DiscordBackend backend = open(0);
        putOne(backend, "pack");
        emulator.rename(0, RootName.of(emulator.messages(0).get(0)));

        assertThat(openElsewhere(0).root().read()).isEmpty();
    }

    @Test
    void cannotBeWrittenWhileDiscordFails() throws IOException {
        DiscordBackend backend = open(0);
        backend.root().write(bytes("first"));
        emulator.faults().next(Where.EDIT, Fault.BAD_GATEWAY, Rules.TRIES);

        assertThatThrownBy(() -> backend.root().write(bytes("second"))).isInstanceOf(TargetUnavailableException.class);
        assertThat(openElsewhere(0).root().read()).hasValue(bytes("first"));
    }

    @Test
    void holdsAtLeastAThousandBytes() throws IOException {
        assertThat(open(0).root().capacity()).isBetween(1400, 1500);
    }
}
