package example;

import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.BlobNotFoundException;
import dev.dsync.storage.Place;
import dev.dsync.storage.RootSlot;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageBackendProvider;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetBlockedException;
import dev.dsync.storage.TargetId;
import dev.dsync.storage.TargetUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Keeps blobs on any web server that takes PUT, GET with Range, HEAD and DELETE below one address, as WebDAV servers do:
 * a whole backend in one file. A line {@code http://...} or {@code https://...} of webhooks.txt names such a place.
 *
 * <p>Blobs are called {@code blob-} and 32 random hexadecimal digits, the root {@code root}.
 */
public final class HttpBackend implements StorageBackend {

    /** 64 MiB a blob, one a request: more than the largest pack, and what small servers are set up to take. */
    private static final BackendLimits LIMITS = new BackendLimits(64 << 20, 1, 64 << 20);

    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(2);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Pattern OURS = Pattern.compile("blob-[0-9a-f]{32}");

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicLong requests = new AtomicLong();
    private final URI base;
    private final RandomGenerator random;

    HttpBackend(URI base, RandomGenerator random) {
        this.base = base;
        this.random = random;
    }

    /** Finds the backend for a line of webhooks.txt. */
    public static final class Provider implements StorageBackendProvider {

        @Override
        public boolean understands(String line) {
            return line.startsWith("http://") || line.startsWith("https://");
        }

        @Override
        public StorageBackend open(String line, Surroundings surroundings) {
            return new HttpBackend(URI.create(line.endsWith("/") ? line : line + "/"), surroundings.random());
        }
    }

    @Override
    public TargetId id() {
        String where = base.getHost() + "-" + base.getPort() + base.getPath();
        return new TargetId("http:" + where.replaceAll("[^A-Za-z0-9._-]", "-"));
    }

    @Override
    public Place place() {
        return new Place("http", base.getHost(), base.getHost());
    }

    @Override
    public BackendLimits limits() {
        return LIMITS;
    }

    @Override
    public Duration untilReady() {
        return Duration.ZERO;
    }

    @Override
    public List<BlobAddress> put(List<ByteBuffer> contents) throws StorageException {
        LIMITS.check(contents);
        byte[] name = new byte[16];
        random.nextBytes(name);
        BlobAddress address = new BlobAddress("blob-" + HexFormat.of().formatHex(name));
        store(address.value(), contents.get(0));
        return List.of(address);
    }

    private void store(String name, ByteBuffer content) throws StorageException {
        HttpResponse<InputStream> answer = send(request(name).PUT(body(content)));
        if (answer.statusCode() / 100 != 2) {
            throw refused(name, answer);
        }
    }

    /** A body that can be sent again should the connection break, without a copy of the buffer. */
    private static BodyPublisher body(ByteBuffer content) {
        BodyPublisher bytes = BodyPublishers.ofInputStream(() -> new BufferStream(content.duplicate()));
        return BodyPublishers.fromPublisher(bytes, content.remaining());
    }

    @Override
    public void read(BlobAddress address, long offset, ByteBuffer target) throws StorageException {
        long last = offset + target.remaining() - 1;
        if (!OURS.matcher(address.value()).matches() || last < offset) {
            throw notFound(address);
        }
        HttpResponse<InputStream> answer =
                send(request(address.value()).GET().header("Range", "bytes=" + offset + "-" + last));
        try (InputStream content = answer.body()) {
            if (answer.statusCode() == 404 || answer.statusCode() == 416) {
                throw notFound(address);
            }
            if (answer.statusCode() != 206) {
                throw refused(address.value(), answer);
            }
            fill(target, content, address);
        } catch (StorageException e) {
            throw e;
        } catch (IOException e) {
            throw unavailable(address.value(), e);
        }
    }

    private void fill(ByteBuffer target, InputStream content, BlobAddress address) throws IOException {
        byte[] some = new byte[64 << 10];
        while (target.hasRemaining()) {
            int got = content.read(some, 0, Math.min(some.length, target.remaining()));
            if (got < 0) {
                throw notFound(address);
            }
            target.put(some, 0, got);
        }
    }

    @Override
    public OptionalLong size(BlobAddress address) throws StorageException {
        if (!OURS.matcher(address.value()).matches()) {
            return OptionalLong.empty();
        }
        HttpResponse<InputStream> answer =
                send(request(address.value()).method("HEAD", BodyPublishers.noBody()));
        return switch (answer.statusCode()) {
            case 200 -> answer.headers().firstValueAsLong("Content-Length");
            case 404 -> OptionalLong.empty();
            default -> throw refused(address.value(), answer);
        };
    }

    @Override
    public void delete(Collection<BlobAddress> addresses) throws StorageException {
        for (BlobAddress address : addresses) {
            if (OURS.matcher(address.value()).matches()) {
                HttpResponse<InputStream> answer =
                        send(request(address.value()).DELETE());
                if (answer.statusCode() / 100 != 2 && answer.statusCode() != 404) {
                    throw refused(address.value(), answer);
                }
            }
        }
    }

    @Override
    public RootSlot root() {
        return new HttpRoot();
    }

    @Override
    public long requests() {
        return requests.get();
    }

    @Override
    public void close() {
        // The client's connections end by themselves.
    }

    private final class HttpRoot implements RootSlot {

        @Override
        public int capacity() {
            return 16 << 10;
        }

        @Override
        public Optional<ByteBuffer> read() throws StorageException {
            HttpResponse<InputStream> answer = send(request("root").GET());
            try (InputStream content = answer.body()) {
                return switch (answer.statusCode()) {
                    case 200 -> Optional.of(ByteBuffer.wrap(content.readNBytes(capacity())));
                    case 404 -> Optional.empty();
                    default -> throw refused("root", answer);
                };
            } catch (StorageException e) {
                throw e;
            } catch (IOException e) {
                throw unavailable("root", e);
            }
        }

        @Override
        public void write(ByteBuffer root) throws StorageException {
            checkSize(root);
            store("root", root);
        }
    }

    private HttpRequest.Builder request(String name) {
        return HttpRequest.newBuilder(base.resolve(name)).timeout(ANSWER_WITHIN);
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request) throws StorageException {
        requests.incrementAndGet();
        try {
            return client.send(request.build(), BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw unavailable(base.getPath(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetUnavailableException(id() + ": interrupted while waiting", Duration.ZERO, e);
        }
    }

    private BlobNotFoundException notFound(BlobAddress address) {
        return new BlobNotFoundException(id() + " holds no blob " + address + ", or one that ends earlier");
    }

    private TargetUnavailableException unavailable(String name, IOException cause) {
        return new TargetUnavailableException(id() + ": no answer for " + name + ": " + cause, RETRY_AFTER, cause);
    }

    private StorageException refused(String name, HttpResponse<InputStream> answer) {
        String what = id() + " answered " + answer.statusCode() + " for " + name;
        boolean byPerson = answer.statusCode() == 401 || answer.statusCode() == 403;
        return byPerson
                ? new TargetBlockedException(what + ": see whether this address may be written to")
                : new TargetUnavailableException(what, RETRY_AFTER);
    }

    /** What remains in a buffer, as a stream. */
    private static final class BufferStream extends InputStream {

        private final ByteBuffer content;

        BufferStream(ByteBuffer content) {
            this.content = content;
        }

        @Override
        public int read() {
            return content.hasRemaining() ? content.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (!content.hasRemaining()) {
                return length == 0 ? 0 : -1;
            }
            int count = Math.min(length, content.remaining());
            content.get(target, offset, count);
            return count;
        }
    }
}
