package dev.dsync.discord.emulator;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/**
 * A Discord of its own on the loopback address: webhooks in channels of one guild, with Discord's rules and limits and,
 * when told so, its failures. Safe for use by many threads.
 */
public final class Emulator implements Closeable {

    private final MockWebServer server = new MockWebServer();
    private final World world;
    private final Faults faults = new Faults();
    private final Tally tally = new Tally();
    private final List<Channel> channels = new ArrayList<>();
    private final List<Webhook> webhooks = new ArrayList<>();
    private volatile Consumer<String> arrivals = method -> {};
    private volatile Runnable uploadBegins = () -> {};

    private Emulator(Clock clock, Path folder) {
        this.world = new World(clock, folder, 1);
    }

    /** Starts on any free port. The webhooks are dealt to the channels in turn. */
    public static Emulator start(Clock clock, int webhooks, int channels) throws IOException {
        return start(0, clock, webhooks, channels);
    }

    /** Starts on the given port; 0 is any that is free. */
    public static Emulator start(int port, Clock clock, int webhooks, int channels) throws IOException {
        Emulator emulator = new Emulator(clock, Files.createTempDirectory("discord-emulator"));
        emulator.server.setServerSocketFactory(new CutConnections(() -> {
            emulator.uploadBegins.run();
            return emulator.faults.cutsUpload();
        }));
        emulator.server.setDispatcher(emulator.new Reception());
        emulator.server.start(InetAddress.getByName("127.0.0.1"), port);
        emulator.world.reachableAt("http://127.0.0.1:" + emulator.server.getPort());
        String guild = emulator.world.newId();
        for (int i = 0; i < channels; i++) {
            emulator.channels.add(new Channel(emulator.world.newId(), guild));
        }
        for (int i = 0; i < webhooks; i++) {
            emulator.addWebhook(i % channels);
        }
        return emulator;
    }

    private final class Reception extends Dispatcher {
        private final Desk desk = new Desk(world, faults, tally);

        @Override
        public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            // the server remembers every request with its body until someone takes it
            server.takeRequest(0, TimeUnit.MILLISECONDS);
            arrivals.accept(request.getMethod());
            return desk.answer(request);
        }
    }

    /** Calls this with the method of each request that has arrived in full, before anything is done about it. */
    public void onArrival(Consumer<String> listener) {
        arrivals = listener;
    }

    /** Calls this when the first bytes of an upload have arrived. */
    public void onUploadBegin(Runnable listener) {
        uploadBegins = listener;
    }

    /** Makes one more webhook in the channel and returns its URL. */
    public String addWebhook(int channel) {
        synchronized (world) {
            Webhook webhook = new Webhook(world.newId(), world.newToken(), channels.get(channel));
            webhooks.add(webhook);
            world.webhooks.put(webhook.id, webhook);
            return world.url(webhook);
        }
    }

    /** The URLs of all webhooks, in the order they were made. */
    public List<String> urls() {
        synchronized (world) {
            return webhooks.stream().map(world::url).toList();
        }
    }

    /** The tokens of all webhooks: what must be found nowhere. */
    public List<String> tokens() {
        synchronized (world) {
            return webhooks.stream().map(webhook -> webhook.token).toList();
        }
    }

    public EmulatedRules rules() {
        return world.rules;
    }

    public Faults faults() {
        return faults;
    }

    public Tally tally() {
        return tally;
    }

    /** Lets something happen right after so many more requests of that kind, named as {@link Tally} names them. */
    public void after(String kind, int requests, Runnable event) {
        tally.after(kind, requests, event);
    }

    public String name(int webhook) {
        synchronized (world) {
            return webhooks.get(webhook).name;
        }
    }

    /** From now on every request to this webhook fails in this way. */
    public void always(int webhook, Fault fault) {
        synchronized (world) {
            webhooks.get(webhook).always = Optional.of(fault);
        }
    }

    /** Nothing fails any more. */
    public void heal() {
        faults.none();
        synchronized (world) {
            webhooks.forEach(webhook -> webhook.always = Optional.empty());
        }
    }

    /** When the webhook was asked for anything, in milliseconds since 1970. */
    public List<Long> asked(int webhook) {
        synchronized (world) {
            return List.copyOf(webhooks.get(webhook).asked);
        }
    }

    /** Someone gives the webhook another name. */
    public void rename(int webhook, String name) {
        synchronized (world) {
            webhooks.get(webhook).name = name;
        }
    }

    /** The numbers of the webhook's messages, oldest first. */
    public List<String> messages(int webhook) {
        synchronized (world) {
            return List.copyOf(webhooks.get(webhook).messages.keySet());
        }
    }

    /** The text of the webhook's message; empty if there is no such message. */
    public String content(int webhook, String messageId) {
        synchronized (world) {
            PostedMessage message = webhooks.get(webhook).messages.get(messageId);
            return message == null ? "" : message.content;
        }
    }

    /** How many files lie in all messages. */
    public int files() {
        synchronized (world) {
            return world.files.size();
        }
    }

    /** The bytes of the largest file; 0 if there is none. */
    public long largestFile() {
        synchronized (world) {
            return world.files.values().stream()
                    .mapToLong(file -> file.size)
                    .max()
                    .orElse(0);
        }
    }

    /** How many bytes all files have together. */
    public long bytes() {
        synchronized (world) {
            return world.files.values().stream().mapToLong(file -> file.size).sum();
        }
    }

    public void deleteWebhook(int webhook) {
        synchronized (world) {
            webhooks.get(webhook).deleted = true;
        }
    }

    /** A channel is deleted, and its webhooks with it. */
    public void deleteChannel(int channel) {
        synchronized (world) {
            webhooks.stream()
                    .filter(webhook -> webhook.channel == channels.get(channel))
                    .forEach(webhook -> webhook.deleted = true);
        }
    }

    public void deleteMessage(int webhook, String messageId) {
        synchronized (world) {
            PostedMessage message = webhooks.get(webhook).messages.get(messageId);
            if (message != null) {
                world.delete(message);
            }
        }
    }

    /** The webhook's URL becomes invalid; {@link #urls} has the new one. */
    public void changeToken(int webhook) {
        synchronized (world) {
            webhooks.get(webhook).token = world.newToken();
        }
    }

    /** Someone moves the webhook to another channel. */
    public void move(int webhook, int channel) {
        synchronized (world) {
            webhooks.get(webhook).channel = channels.get(channel);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        synchronized (world) {
            for (StoredFile file : world.files.values()) {
                file.delete();
            }
        }
        Files.deleteIfExists(world.folder);
    }
}
