package dev.dsync.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookUrlTest {

    private static final String TOKEN = "abcDEF-_123";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://discord.com/api/webhooks/112233/" + TOKEN,
                "  https://discord.com/api/webhooks/112233/" + TOKEN + "/ ",
                "HTTPS://Discord.COM:443/api/webhooks/112233/" + TOKEN,
                "https://discord.com/api/v6/webhooks/112233/" + TOKEN,
                "https://discord.com/api/v10/webhooks/112233/" + TOKEN + "?wait=true#top"
            })
    void allFormsOfOneWebhookBecomeOne(String text) {
        assertThat(WebhookUrl.parse(text).webhook())
                .hasToString("https://discord.com/api/v10/webhooks/112233/" + TOKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://discordapp.com",
                "https://canary.discord.com",
                "https://ptb.discord.com",
                "https://canary.discordapp.com",
                "https://ptb.discordapp.com",
                "http://127.0.0.1:8080",
                "http://localhost",
                "http://[::1]:99",
                "https://127.0.0.1:8443"
            })
    void requestsGoToTheHostThatWasGiven(String origin) {
        WebhookUrl url = WebhookUrl.parse(origin + "/api/webhooks/112233/" + TOKEN);

        assertThat(url.webhook()).hasToString(origin + "/api/v10/webhooks/112233/" + TOKEN);
        assertThat(url.id()).isEqualTo("112233");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "file:storage",
                "http://discord.com/api/webhooks/112233/" + TOKEN,
                "https://discord.com:8443/api/webhooks/112233/" + TOKEN,
                "https://discord.com.example.org/api/webhooks/112233/" + TOKEN,
                "https://example.org/api/webhooks/112233/" + TOKEN,
                "https://" + TOKEN + "@discord.com/api/webhooks/112233/" + TOKEN,
                "http://192.168.0.1/api/webhooks/112233/" + TOKEN,
                "http://127.0.0.1:99999/api/webhooks/112233/" + TOKEN,
                "https://discord.com/api/webhooks/112233",
                "https://discord.com/api/webhooks//" + TOKEN,
                "https://discord.com/api/webhooks/0112233/" + TOKEN,
                "https://discord.com/api/webhooks/112233/" + TOKEN + "/messages/1",
                "https://discord.com/api/webhooks/112233/" + TOKEN + "?thread_id=1",
                "https://discord.com/channels/112233/" + TOKEN
            })
    void anythingElseIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> WebhookUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a webhook URL of Discord: ")
                .message()
                .doesNotContain(TOKEN);
    }

    @Test
    void isOneWebhookWhateverTheTokenAndHost() {
        assertThat(WebhookUrl.parse("https://discord.com/api/webhooks/1/one"))
                .isEqualTo(WebhookUrl.parse("https://ptb.discord.com/api/v9/webhooks/1/two"))
                .hasSameHashCodeAs(WebhookUrl.parse("https://discord.com/api/webhooks/1/two"))
                .isNotEqualTo(WebhookUrl.parse("https://discord.com/api/webhooks/2/one"));
    }

    @Test
    void printsWithoutItsToken() {
        assertThat(WebhookUrl.parse("https://discord.com/api/webhooks/112233/" + TOKEN))
                .hasToString("https://discord.com/api/webhooks/112233/***");
    }

    @Test
    void malformedOnesOfDiscordAreRecognisedAsMeantToBeWebhooks() {
        assertThat(WebhookUrl.resembles("https://discord.com/channels/1")).isTrue();
        assertThat(WebhookUrl.resembles("http://discord.com/api/webhooks/1/x")).isTrue();
        assertThat(WebhookUrl.resembles("file:storage")).isFalse();
        assertThat(WebhookUrl.resembles("https://example.org/api/webhooks/1/x")).isFalse();
    }
}
