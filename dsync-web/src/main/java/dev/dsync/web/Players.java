package dev.dsync.web;

import dev.dsync.catalog.Version;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parts of files for players of film and sound. Such a one asks for all that follows, breaks off, and asks again from a
 * little further on, many times for one seek: so no more is fetched ahead than was taken so far, and what was fetched
 * waits a moment for the next request. Safe for use by many threads.
 */
final class Players implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Players.class);
    private static final int PIECE_BYTES = 64 << 10;

    /** A film of 20 Mbit a second takes half a second for this. */
    private static final int MOST_AHEAD = 1 << 20;

    /** Contents that wait for a next request; each holds some 10 MB, 30 at most. */
    private static final int MOST_KEPT = 2;

    private static final Duration KEPT = Duration.ofSeconds(10);

    private final VaultDoor door;
    private final InstantSource clock;
    private final Deque<Player> idle = new ArrayDeque<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Daemon.named("dsync-players"));

    /** @param clock tells how long something has waited */
    Players(VaultDoor door, InstantSource clock) {
        this.door = door;
        this.clock = clock;
        Future<?> unused =
                timer.scheduleWithFixedDelay(this::forgetOld, KEPT.toMillis(), KEPT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** One version's content, open. */
    private record Player(Version version, SeekableByteChannel channel, VaultDoor.Lease lease, Instant since)
            implements Closeable {

        Player idleSince(Instant now) {
            return new Player(version, channel, lease, now);
        }

        @Override
        public void close() throws IOException {
            try (lease) {
                channel.close();
            }
        }
    }

    /** Sends a part of a version. */
    void play(Version version, ByteRange range, OutputStream out) throws IOException {
        Player player = take(version);
        boolean sound = false;
        try {
            transfer(player.channel(), range, out);
            sound = true;
        } finally {
            // A browser that broke off comes back; content that could not be read is opened anew.
            if (sound || out instanceof Sending sending && sending.broken()) {
                keep(player);
            } else {
                player.close();
            }
        }
    }

    private static void transfer(SeekableByteChannel channel, ByteRange range, OutputStream out) throws IOException {
        byte[] piece = new byte[PIECE_BYTES];
        channel.position(range.first());
        for (long left = range.length(); left > 0; ) {
            int read = channel.read(ByteBuffer.wrap(piece, 0, (int) Math.min(piece.length, left)));
            if (read < 0) {
                throw new EOFException("it ends " + left + " bytes early");
            }
            out.write(piece, 0, read);
            left -= read;
        }
    }

    private Player take(Version version) throws IOException {
        synchronized (idle) {
            for (Iterator<Player> all = idle.iterator(); all.hasNext(); ) {
                Player player = all.next();
                if (player.version().equals(version)) {
                    all.remove();
                    return player;
                }
            }
        }
        VaultDoor.Lease lease = door.lease().orElseThrow(Content::nothingStored);
        try {
            return new Player(version, lease.vault().content(version).channel(MOST_AHEAD), lease, clock.instant());
        } catch (IOException | RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    private void keep(Player player) throws IOException {
        Optional<Player> eldest = Optional.empty();
        synchronized (idle) {
            idle.addFirst(player.idleSince(clock.instant()));
            if (idle.size() > MOST_KEPT) {
                eldest = Optional.of(idle.removeLast());
            }
        }
        if (eldest.isPresent()) {
            eldest.get().close();
        }
    }

    private void forgetOld() {
        Instant old = clock.instant().minus(KEPT);
        while (true) {
            Player player;
            synchronized (idle) {
                if (idle.isEmpty() || idle.getLast().since().isAfter(old)) {
                    return;
                }
                player = idle.removeLast();
            }
            close(player);
        }
    }

    private static void close(Player player) {
        try {
            player.close();
        } catch (IOException e) {
            LOG.warn("{} cannot be closed", player.version().path(), e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        synchronized (idle) {
            idle.forEach(Players::close);
            idle.clear();
        }
    }
}
