package dev.dsync.discord;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.BlobLinks;
import dev.dsync.storage.BlobNotFoundException;
import dev.dsync.storage.BlobTooLargeException;
import dev.dsync.storage.Place;
import dev.dsync.storage.RateLimit;
import dev.dsync.storage.RateLimited;
import dev.dsync.storage.RootSlot;
import dev.dsync.storage.ServiceClock;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetId;
import dev.dsync.storage.TargetUnavailableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import okhttp3.HttpUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Discord webhook. A put is one message, a blob one of its attachments, and a blob's address the numbers of both.
 *
 * <p>The lane is the channel: a channel takes so many messages a minute from all its webhooks together, so more webhooks
 * in one channel are not faster, more channels are. The account is the guild.
 */
public final class DiscordBackend implements StorageBackend, RateLimited, BlobLinks, ServiceClock {

    private static final Logger LOG = LoggerFactory.getLogger(DiscordBackend.class);

    /** Holds nothing but Discord's replies to uploads, one a line: what the original program kept, and imports. */
    private static final Logger UPLOADS = LoggerFactory.getLogger("dev.dsync.upload");

    private final WebhookUrl url;
    private final Traffic traffic;
    private final Gate gate;
    private final WebhookCalls calls;
    private final CardFile card;
    private final MessageRoot root;
    private final Links links;

    DiscordBackend(WebhookUrl url, Traffic traffic, CardFile card) {
        this.url = url;
        this.traffic = traffic;
        this.card = card;
        this.gate = new Gate(traffic, traffic.lane(card.card().channel()), traffic.buckets(url.id()));
        this.calls = new WebhookCalls(url, traffic, gate, () -> card.change(Card::withOneMoreRepeat));
        this.root = new MessageRoot(calls, card, traffic);
        this.links = new Links(this::message, traffic);
    }

    /** The card was written just now, after so many requests: name and channel need not be asked again. */
    void described(long requests) {
        calls.countRequests(requests);
        root.nameIs(card.card().name());
    }

    @Override
    public TargetId id() {
        return url.target();
    }

    @Override
    public Place place() {
        return new Place("discord", card.card().guild(), card.card().channel());
    }

    @Override
    public Optional<Told> told() {
        return traffic.told();
    }

    @Override
    public BackendLimits limits() {
        Card known = card.card();
        return new BackendLimits(known.maxBlobBytes(), Rules.FILES_PER_MESSAGE, known.maxRequestBytes());
    }

    @Override
    public Duration untilReady() {
        return gate.untilReady(Route.POST);
    }

    @Override
    public List<BlobAddress> put(List<ByteBuffer> contents) throws StorageException {
        limits().check(contents);
        try {
            return post(contents);
        } catch (BlobTooLargeException e) {
            if (contents.size() == 1) {
                throw refused(contents.get(0).remaining(), e);
            }
        }
        return putOneByOne(contents);
    }

    /** All together were too much: if each alone is not, the request is to be smaller, otherwise the blobs are. */
    private List<BlobAddress> putOneByOne(List<ByteBuffer> contents) throws StorageException {
        List<BlobAddress> stored = new ArrayList<>();
        boolean done = false;
        try {
            for (ByteBuffer content : contents) {
                stored.addAll(post(List.of(content)));
            }
            done = true;
        } catch (BlobTooLargeException e) {
            throw refused(contents.get(stored.size()).remaining(), e);
        } finally {
            if (!done) {
                deleteOrphans(stored);
            }
        }
        long together = contents.stream().mapToLong(ByteBuffer::remaining).sum();
        card.change(known -> known.refusingTogether(together, now()));
        return stored;
    }

    private void deleteOrphans(List<BlobAddress> stored) {
        try {
            delete(stored);
        } catch (StorageException e) {
            LOG.debug("{} blobs without owner stay at {}: {}", stored.size(), id(), e.getMessage());
        }
    }

    private long now() {
        return traffic.now();
    }

    private BlobTooLargeException refused(int bytes, BlobTooLargeException cause) {
        Card lowered = card.change(known -> known.refusing(bytes, now()));
        return new BlobTooLargeException(
                id() + " takes no file of " + bytes + " bytes; from now on at most " + lowered.maxBlobBytes(), cause);
    }

    private List<BlobAddress> post(List<ByteBuffer> contents) throws StorageException {
        List<String> names = new ArrayList<>();
        contents.forEach(content -> names.add(traffic.newName()));
        JsonNode answer = calls.post(contents, names);
        UPLOADS.info("{}", answer);
        Message message = Message.of(answer)
                .orElseThrow(() ->
                        new TargetUnavailableException(id() + " answered an upload with no message", gate.failed()));
        root.postedAs(message.author());
        seenIn(message.channelId());
        List<BlobAddress> addresses = addresses(message, contents, names);
        if (addresses.size() < contents.size()) {
            deleteOrphans(message);
            throw new TargetUnavailableException(
                    id() + " did not keep what was uploaded as it was sent", gate.failed());
        }
        links.learn(message);
        return addresses;
    }

    /** The addresses of those contents that the message has under their name and with their size. */
    private static List<BlobAddress> addresses(Message message, List<ByteBuffer> contents, List<String> names) {
        Map<String, Message.Attachment> byName = new LinkedHashMap<>();
        message.attachments().forEach(attachment -> byName.put(attachment.fileName(), attachment));
        List<BlobAddress> addresses = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Message.Attachment attachment = byName.get(names.get(i));
            if (attachment != null
                    && attachment.bytes() == contents.get(i).remaining()
                    && DiscordAddress.isId(attachment.id())) {
                addresses.add(new DiscordAddress(message.id(), attachment.id()).toBlobAddress());
            }
        }
        return List.copyOf(addresses);
    }

    private void deleteOrphans(Message message) {
        try {
            calls.delete(message.id());
        } catch (StorageException e) {
            LOG.debug("message {} without owner stays: {}", message.id(), e.getMessage());
        }
    }

    private void seenIn(String channel) {
        if (DiscordAddress.isId(channel) && !channel.equals(card.card().channel())) {
            card.change(known -> known.in(channel, known.guild()));
            gate.moveTo(traffic.lane(channel));
        }
    }

    @Override
    public void read(BlobAddress address, long offset, ByteBuffer target) throws StorageException {
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset);
        }
        Optional<HttpUrl> link = Attachments.parse(address.value());
        if (link.isPresent()) {
            new BareLink(link.get(), calls, traffic).read(offset, target);
            return;
        }
        DiscordAddress there = DiscordAddress.of(address)
                .orElseThrow(() -> new BlobNotFoundException("nothing on Discord has the address " + address));
        new Download(calls, links, traffic, there, offset, target).run();
    }

    @Override
    public Optional<String> knownLink(BlobAddress address) {
        Optional<DiscordAddress> there = DiscordAddress.of(address);
        return there.isPresent()
                ? links.latest(there.get()).map(link -> link.url().toString())
                : Attachments.parse(address.value()).map(HttpUrl::toString);
    }

    @Override
    public String freshLink(BlobAddress address) throws StorageException {
        DiscordAddress there = DiscordAddress.of(address)
                .orElseThrow(() -> new BlobNotFoundException(
                        "the message is not known that has what " + id() + " stored: its link cannot be made anew"));
        return links.good(there).url().toString();
    }

    /** The next read asks Discord for a fresh link. */
    @Override
    public void distrust(BlobAddress address) {
        DiscordAddress.of(address).ifPresent(links::forget);
    }

    @Override
    public OptionalLong size(BlobAddress address) throws StorageException {
        Optional<DiscordAddress> there = DiscordAddress.of(address);
        if (there.isEmpty()) {
            Optional<HttpUrl> link = Attachments.parse(address.value());
            return link.isPresent() ? new BareLink(link.get(), calls, traffic).size() : OptionalLong.empty();
        }
        try {
            Message message = message(there.get().messageId());
            links.learn(message);
            return message.attachment(there.get().attachmentId())
                    .map(attachment -> OptionalLong.of(attachment.bytes()))
                    .orElse(OptionalLong.empty());
        } catch (BlobNotFoundException e) {
            // the answer to the question
            return OptionalLong.empty();
        }
    }

    private Message message(String messageId) throws StorageException {
        JsonNode answer = calls.patiently(() -> calls.message(messageId));
        return Message.of(answer)
                .orElseThrow(() -> new TargetUnavailableException(
                        id() + " answered a question for message " + messageId + " with none", gate.failed()));
    }

    @Override
    public void delete(Collection<BlobAddress> addresses) throws StorageException {
        Map<String, Set<String>> byMessage = new LinkedHashMap<>();
        for (BlobAddress address : addresses) {
            DiscordAddress.of(address)
                    .ifPresent(there -> byMessage
                            .computeIfAbsent(there.messageId(), message -> new HashSet<>())
                            .add(there.attachmentId()));
        }
        for (Map.Entry<String, Set<String>> entry : byMessage.entrySet()) {
            try {
                delete(entry.getKey(), entry.getValue());
            } catch (BlobNotFoundException e) {
                // already gone, which is what was wanted
                LOG.debug("message {} was gone already", entry.getKey());
            }
        }
    }

    private void delete(String messageId, Set<String> attachmentIds) throws StorageException {
        List<String> kept = new ArrayList<>();
        Message message = message(messageId);
        for (Message.Attachment attachment : message.attachments()) {
            links.forget(new DiscordAddress(messageId, attachment.id()));
            if (!attachmentIds.contains(attachment.id())) {
                kept.add(attachment.id());
            }
        }
        if (kept.size() == message.attachments().size()) {
            return;
        }
        calls.patiently(() -> {
            if (kept.isEmpty()) {
                calls.delete(messageId);
            } else {
                calls.keepOnly(messageId, kept);
            }
            return messageId;
        });
    }

    @Override
    public RootSlot root() {
        return root;
    }

    @Override
    public long requests() {
        return calls.requests();
    }

    @Override
    public long uploadsRepeated() {
        return card.card().uploadsRepeated();
    }

    @Override
    public List<RateLimit> rateLimits() {
        return gate.rateLimits();
    }

    /** Learned links are forgotten; connections that are idle are closed. */
    @Override
    public void close() {
        traffic.client().connectionPool().evictAll();
    }
}
