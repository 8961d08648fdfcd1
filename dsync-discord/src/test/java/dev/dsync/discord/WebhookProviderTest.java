package dev.dsync.discord;

import static dev.dsync.storage.TestBlobs.putOne;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dsync.discord.emulator.Fault;
import dev.dsync.discord.emulator.Faults.Where;
import dev.dsync.storage.RateLimit;
import dev.dsync.storage.StorageBackendProvider;
import dev.dsync.storage.TargetUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class WebhookProviderTest extends EmulatedHome {

    @Test
    void isFoundByItsService() {
        assertThat(ServiceLoader.load(StorageBackendProvider.class))
                .anyMatch(provider -> provider.understands("https://discord.com/api/webhooks/1/x"));
    }

    @Test
    void asksForTheChannelOnceAndKeepsIt() throws IOException {
        DiscordBackend first = open(0);
        DiscordBackend again = open(0);

        assertThat(emulator.tally().requests()).isEqualTo(1);
        assertThat(again.place()).isEqualTo(first.place());
        assertThat(again.id()).hasToString("discord:" + first.id().value().substring(8));
        assertThat(again.requests()).isZero();
    }

    @Test
    void webhooksOfOneChannelShareALaneAndThoseOfOneGuildAnAccount() throws IOException {
        assertThat(open(0).place()).isEqualTo(open(2).place());
        assertThat(open(1).place().lane()).isNotEqualTo(open(0).place().lane());
        assertThat(open(1).place().account()).isEqualTo(open(0).place().account());
    }

    @Test
    void aCardThatCannotBeReadIsMadeAnew() throws IOException {
        open(0);
        try (var cards = Files.newDirectoryStream(folder.resolve("state"), "discord-webhook-*.json")) {
            for (var card : cards) {
                Files.writeString(card, "{\"channel\":\"none\"}");
            }
        }

        assertThat(putOne(open(0), "pack").value()).isNotEmpty();
    }

    @Test
    void whatCannotBeReachedIsUnavailable() throws IOException {
        emulator.faults().next(Where.API, Fault.BAD_GATEWAY, Rules.TRIES);

        assertThatThrownBy(() -> open(0)).isInstanceOf(TargetUnavailableException.class);
    }

    @Test
    void limitsAreToldAsTheServiceShowedThem() throws IOException {
        DiscordBackend backend = open(0);
        assertThat(backend.rateLimits()).hasSize(1);

        putOne(backend, "pack");

        assertThat(backend.rateLimits())
                .containsExactly(
                        new RateLimit("uploads of this webhook", 5, Duration.ofSeconds(2)),
                        new RateLimit("messages of all webhooks of this channel", 30, Duration.ofSeconds(60)));
    }

    @Test
    void manyWebhooksOfOneProviderCanBeUsedAtOnce() throws Exception {
        Homes home = new Homes(folder, clock);
        List<DiscordBackend> backends = List.of(
                home.open(emulator.urls().get(0)),
                home.open(emulator.urls().get(1)),
                home.open(emulator.urls().get(2)));
        List<Thread> threads = backends.stream()
                .map(backend -> new Thread(() -> {
                    for (int i = 0; i < 40; i++) {
                        try {
                            putOne(backend, "pack");
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(emulator.files()).isEqualTo(120);
        assertThat(emulator.tally().answers(429)).isZero();
    }
}
