package dev.dsync.discord.emulator;

import java.util.ArrayList;
import java.util.List;

/** A message of a webhook, with the name its webhook had at that time. */
final class PostedMessage {

    final String id;
    final Webhook webhook;
    final String author;
    final long postedAt;
    final int flags;
    final List<StoredFile> files = new ArrayList<>();
    String content;
    long editedAt;

    PostedMessage(String id, Webhook webhook, long postedAt, String content, int flags) {
        this.id = id;
        this.webhook = webhook;
        this.author = webhook.name;
        this.postedAt = postedAt;
        this.content = content;
        this.flags = flags;
    }
}
