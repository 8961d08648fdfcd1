package dev.dsync.discord;

import dev.dsync.storage.TargetId;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * The URL of a webhook, in its one normal form. Its token is a secret: whoever knows it may write to and delete from the
 * channel. It leaves this object only inside the URLs that requests are sent to, and never as text.
 *
 * <p>Two URLs with the same id are the same webhook.
 */
final class WebhookUrl {

    private static final Pattern PARTS = Pattern.compile(
            "(?<scheme>https?)://(?<host>\\[[^\\]/?#]*\\]|[^:/?#\\[\\]]+)(?::(?<port>[0-9]{1,5}))?(?<rest>[/?#].*)?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern REST = Pattern.compile(
            "/api(?:/v[0-9]{1,2})?/webhooks/(?<id>[1-9][0-9]{0,19})/(?<token>[A-Za-z0-9._-]{1,200})/?(?<query>\\?[^#]*)?(?:#.*)?");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|\\[::1\\]|127(?:\\.[0-9]{1,3}){3}");
    private static final Set<String> HOSTS = Set.of(
            "discord.com",
            "canary.discord.com",
            "ptb.discord.com",
            "discordapp.com",
            "canary.discordapp.com",
            "ptb.discordapp.com");

    private final HttpUrl root;
    private final String id;
    private final String token;

    private WebhookUrl(HttpUrl root, String id, String token) {
        this.root = root;
        this.id = id;
        this.token = token;
    }

    /** Whether the text is meant to be a webhook URL, well-formed or not. */
    static boolean resembles(String text) {
        Matcher parts = PARTS.matcher(text.strip());
        return parts.matches() && (isDiscord(host(parts)) || isLoopback(host(parts)));
    }

    /**
     * The webhook that the text names.
     *
     * @throws IllegalArgumentException if it is none; the message says why and repeats nothing of the text
     */
    static WebhookUrl parse(String text) {
        Matcher parts = PARTS.matcher(text.strip());
        if (!parts.matches()) {
            throw malformed("it must start with https://discord.com/");
        }
        String host = host(parts);
        String scheme = parts.group("scheme").toLowerCase(Locale.ROOT);
        checkPlace(scheme, host, parts.group("port"));
        Matcher rest = REST.matcher(parts.group("rest") == null ? "" : parts.group("rest"));
        if (!rest.matches()) {
            throw malformed(
                    "after the host must come /api/webhooks/, the number of the webhook, a slash and its token");
        }
        if (rest.group("query") != null && rest.group("query").contains("thread_id")) {
            throw malformed("threads are not supported, give the webhook of a channel");
        }
        HttpUrl.Builder root = new HttpUrl.Builder().scheme(scheme).host(host);
        if (parts.group("port") != null) {
            root.port(Integer.parseInt(parts.group("port")));
        }
        return new WebhookUrl(root.build(), rest.group("id"), rest.group("token"));
    }

    private static void checkPlace(String scheme, String host, String port) {
        if (isLoopback(host)) {
            int number = port == null ? 80 : Integer.parseInt(port);
            if (number < 1 || number > 65_535) {
                throw malformed("there is no such port");
            }
        } else if (!isDiscord(host)) {
            throw malformed("its host is not one of Discord's");
        } else if (!scheme.equals("https")) {
            throw malformed("it must start with https://");
        } else if (port != null && !port.equals("443")) {
            throw malformed("Discord is not reached through another port");
        }
    }

    private static String host(Matcher parts) {
        return parts.group("host").toLowerCase(Locale.ROOT);
    }

    private static boolean isDiscord(String host) {
        return HOSTS.contains(host);
    }

    private static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host).matches();
    }

    private static IllegalArgumentException malformed(String reason) {
        return new IllegalArgumentException("not a webhook URL of Discord: " + reason);
    }

    /** The number of the webhook: its identity, not a secret. */
    String id() {
        return id;
    }

    /** Who it is as a target, whatever its token. */
    TargetId target() {
        return new TargetId("discord:" + id);
    }

    /** The webhook itself. The result holds the token: never print it. */
    HttpUrl webhook() {
        return root.newBuilder()
                .addPathSegments(Rules.API_PATH)
                .addPathSegment("webhooks")
                .addPathSegment(id)
                .addPathSegment(token)
                .build();
    }

    /** Where messages are posted to, so that the answer is the message. The result holds the token: never print it. */
    HttpUrl post() {
        return webhook().newBuilder().addQueryParameter("wait", "true").build();
    }

    /** One message of the webhook. The result holds the token: never print it. */
    HttpUrl message(String messageId) {
        return webhook()
                .newBuilder()
                .addPathSegment("messages")
                .addPathSegment(messageId)
                .build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WebhookUrl url && url.id.equals(id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return root + "api/webhooks/" + id + "/***";
    }
}
