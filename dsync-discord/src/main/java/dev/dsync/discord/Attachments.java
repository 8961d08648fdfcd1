package dev.dsync.discord;

import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.TargetId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * What the URLs say that others kept of Discord: which webhook, which attachment, how long a link lasts. They come from
 * files that anybody may have written, so nothing of them is believed that Discord could not have given.
 */
public final class Attachments {

    private static final Pattern WEBHOOK = Pattern.compile(".*/webhooks/([1-9][0-9]{0,19})(?:[/?#].*)?");
    private static final List<String> HOSTS = List.of("cdn.discordapp.com", "media.discordapp.net", "cdn.discord.com");
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1");

    private Attachments() {}

    /** The target that a webhook's URL names, with its token or with something in its place; empty if it names none. */
    public static Optional<TargetId> target(String webhookUrl) {
        Matcher url = WEBHOOK.matcher(webhookUrl.strip());
        return url.matches() ? target(url.group(1), true) : Optional.empty();
    }

    /** The target of the webhook with this number; empty if that is no number. */
    public static Optional<TargetId> targetOf(String webhookId) {
        return target(webhookId, DiscordAddress.isId(webhookId));
    }

    private static Optional<TargetId> target(String webhookId, boolean valid) {
        return valid ? Optional.of(new TargetId("discord:" + webhookId)) : Optional.empty();
    }

    /** The number of the attachment that a link leads to; empty if it is no link of Discord's to an attachment. */
    public static Optional<String> attachmentId(String link) {
        return parse(link).map(url -> url.pathSegments().get(2));
    }

    /** Where an attachment lies for good; empty if these are no numbers of Discord's. */
    public static Optional<BlobAddress> address(String messageId, String attachmentId) {
        return DiscordAddress.isId(messageId) && DiscordAddress.isId(attachmentId)
                ? Optional.of(new DiscordAddress(messageId, attachmentId).toBlobAddress())
                : Optional.empty();
    }

    /** The numbers of message and attachment in an address; empty if the address is no such one. */
    public static Optional<Map.Entry<String, String>> numbers(BlobAddress address) {
        return DiscordAddress.of(address).map(there -> Map.entry(there.messageId(), there.attachmentId()));
    }

    /** A webhook's URL without its secret. */
    public static String masked(TargetId target) {
        return "https://discord.com/api/webhooks/" + target.value().substring("discord:".length()) + "/***";
    }

    /** The link as an address that can be read until the link ends; empty if it is no link to an attachment. */
    public static Optional<BlobAddress> linkAddress(String link) {
        try {
            return parse(link).map(url -> new BlobAddress(url.toString()));
        } catch (IllegalArgumentException e) {
            // Longer than any link of Discord's.
            return Optional.empty();
        }
    }

    /** Whether what lies at the address can be found for as long as it exists: not by a link alone. */
    public static boolean isLasting(BlobAddress address) {
        return DiscordAddress.of(address).isPresent();
    }

    /** When the link ends; far in the future if it does not say. */
    public static Instant ends(BlobAddress link) {
        return parse(link.value()).map(SignedLink::ends).orElse(Instant.EPOCH);
    }

    /** The URL in an address that is a link. */
    static Optional<HttpUrl> parse(String link) {
        HttpUrl url = HttpUrl.parse(link.strip());
        if (url == null || !isHostOfLinks(url) || !url.username().isEmpty()) {
            return Optional.empty();
        }
        List<String> path = url.pathSegments();
        return path.size() == 4 && path.get(0).equals("attachments") && DiscordAddress.isId(path.get(2))
                ? Optional.of(url)
                : Optional.empty();
    }

    /** A link may be followed, so it must not lead into the user's own network. */
    private static boolean isHostOfLinks(HttpUrl url) {
        return LOOPBACK.contains(url.host()) || url.isHttps() && url.port() == 443 && HOSTS.contains(url.host());
    }
}
