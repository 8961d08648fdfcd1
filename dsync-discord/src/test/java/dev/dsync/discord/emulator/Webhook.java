package dev.dsync.discord.emulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A webhook and all it has posted. */
final class Webhook {

    final String id;
    Channel channel;
    String token;
    String name = "Captain Hook";
    boolean deleted;
    Optional<Fault> always = Optional.empty();
    final List<Long> asked = new ArrayList<>();
    final Map<String, PostedMessage> messages = new LinkedHashMap<>();
    private final Map<String, HeaderBucket> buckets = new HashMap<>();

    Webhook(String id, String token, Channel channel) {
        this.id = id;
        this.token = token;
        this.channel = channel;
    }

    HeaderBucket bucket(String kind) {
        return buckets.computeIfAbsent(kind, k -> new HeaderBucket(Integer.toHexString(k.hashCode()) + id));
    }
}
