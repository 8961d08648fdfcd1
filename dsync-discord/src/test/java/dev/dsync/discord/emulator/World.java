package dev.dsync.discord.emulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import okio.ByteString;

/** All that the emulated Discord holds. Used by one thread at a time. */
final class World {

    /** The first moment of Discord's ids, 2015-01-01. */
    private static final long EPOCH = 1_420_070_400_000L;

    private static final String TOKEN_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    final Clock clock;
    final EmulatedRules rules = new EmulatedRules();
    final Path folder;
    final Map<String, Webhook> webhooks = new LinkedHashMap<>();
    final Map<String, StoredFile> files = new LinkedHashMap<>();
    final Window all = new Window();
    final Window invalid = new Window();
    private final ByteString linkKey;
    private final Random random;
    private String origin = "";
    private long lastId;

    World(Clock clock, Path folder, long seed) {
        this.clock = clock;
        this.folder = folder;
        this.random = new Random(seed);
        byte[] key = new byte[32];
        random.nextBytes(key);
        this.linkKey = ByteString.of(key);
    }

    void reachableAt(String newOrigin) {
        origin = newOrigin;
    }

    /** An id as Discord makes them: the time in milliseconds, and a number that makes it unique. */
    String newId() {
        lastId = Math.max(lastId + 1, (clock.millis() - EPOCH) << 22);
        return Long.toUnsignedString(lastId);
    }

    String newToken() {
        StringBuilder token = new StringBuilder(68);
        while (token.length() < 68) {
            token.append(TOKEN_LETTERS.charAt(random.nextInt(TOKEN_LETTERS.length())));
        }
        return token.toString();
    }

    String url(Webhook webhook) {
        return origin + "/api/webhooks/" + webhook.id + "/" + webhook.token;
    }

    String link(StoredFile file, String channelId) {
        String path = "/attachments/" + channelId + "/" + file.id + "/" + file.name;
        long issued = clock.millis() / 1000;
        String ends = Long.toHexString(issued + rules.linkLifetime.toSeconds());
        return origin + path + "?ex=" + ends + "&is=" + Long.toHexString(issued) + "&hm=" + signature(path, ends) + "&";
    }

    String signature(String path, String ends) {
        return ByteString.encodeUtf8(path + ends).hmacSha256(linkKey).hex();
    }

    ObjectNode describe(Webhook webhook) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.putNull("application_id");
        node.putNull("avatar");
        return node.put("channel_id", webhook.channel.id)
                .put("guild_id", webhook.channel.guildId)
                .put("id", webhook.id)
                .put("name", webhook.name)
                .put("type", 1)
                .put("token", webhook.token)
                .put("url", "https://discord.com/api/webhooks/" + webhook.id + "/" + webhook.token);
    }

    ObjectNode describe(PostedMessage message) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("type", 0).put("content", message.content);
        node.putArray("mentions");
        node.putArray("mention_roles");
        ArrayNode attachments = node.putArray("attachments");
        message.files.forEach(file -> attachments.add(describe(file, message.webhook.channel.id)));
        node.putArray("embeds");
        node.put("timestamp", Instant.ofEpochMilli(message.postedAt).toString());
        node.put(
                "edited_timestamp",
                message.editedAt == 0
                        ? null
                        : Instant.ofEpochMilli(message.editedAt).toString());
        node.put("flags", message.flags);
        node.putArray("components");
        node.put("id", message.id).put("channel_id", message.webhook.channel.id);
        ObjectNode author = node.putObject("author");
        author.put("id", message.webhook.id).put("username", message.author);
        author.putNull("avatar");
        author.put("discriminator", "0000")
                .put("public_flags", 0)
                .put("flags", 0)
                .put("bot", true);
        author.putNull("global_name");
        author.putNull("clan");
        return node.put("pinned", false)
                .put("mention_everyone", false)
                .put("tts", false)
                .put("webhook_id", message.webhook.id);
    }

    private ObjectNode describe(StoredFile file, String channelId) {
        String link = link(file, channelId);
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", file.id)
                .put("filename", file.name)
                .put("size", file.size)
                .put("url", link)
                .put("proxy_url", link.replace("/attachments/", "/proxied/"))
                .put("content_scan_version", 0);
    }

    void delete(PostedMessage message) {
        message.webhook.messages.remove(message.id);
        message.files.forEach(this::delete);
        message.files.clear();
    }

    void delete(StoredFile file) {
        files.remove(file.id);
        file.delete();
    }
}
