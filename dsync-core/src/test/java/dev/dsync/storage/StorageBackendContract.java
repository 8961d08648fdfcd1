package dev.dsync.storage;

import static dev.dsync.storage.TestBlobs.bytes;
import static dev.dsync.storage.TestBlobs.putOne;
import static dev.dsync.storage.TestBlobs.read;
import static dev.dsync.storage.TestBlobs.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every backend promises. A subclass says how to open its target; each test starts with an empty one, and within
 * a test every {@link #open} reaches the same target.
 */
public abstract class StorageBackendContract {

    /** Opens the target of this test, again if it has been opened before. */
    protected abstract StorageBackend open() throws IOException;

    @Nested
    class Blobs {

        @Test
        void comeBackAsTheyWereStored() throws IOException {
            try (StorageBackend backend = open()) {
                BlobAddress address = putOne(backend, "some bytes");

                assertThat(text(backend, address, 0, 10)).isEqualTo("some bytes");
            }
        }

        @Test
        void storedTogetherHaveTheirAddressesInTheSameOrder() throws IOException {
            try (StorageBackend backend = open()) {
                List<ByteBuffer> contents = new ArrayList<>();
                for (int i = 0; i < Math.min(3, backend.limits().maxBlobsPerRequest()); i++) {
                    contents.add(bytes("blob " + i));
                }

                List<BlobAddress> addresses = backend.put(contents);

                assertThat(addresses).hasSameSizeAs(contents);
                for (int i = 0; i < addresses.size(); i++) {
                    assertThat(text(backend, addresses.get(i), 0, 6)).isEqualTo("blob " + i);
                }
            }
        }

        @Test
        void ofEqualContentsAreTwo() throws IOException {
            try (StorageBackend backend = open()) {
                BlobAddress first = putOne(backend, "twin");
                BlobAddress second = putOne(backend, "twin");

                assertThat(first).isNotEqualTo(second);
                backend.delete(List.of(first));
                assertThat(text(backend, second, 0, 4)).isEqualTo("twin");
            }
        }

        @Test
        void keepTheirAddressesAfterReopening() throws IOException {
            BlobAddress address;
            try (StorageBackend backend = open()) {
                address = putOne(backend, "kept");
            }
            try (StorageBackend backend = open()) {
                assertThat(text(backend, address, 0, 4)).isEqualTo("kept");
                assertThat(backend.size(address)).hasValue(4);
                assertThat(putOne(backend, "later")).isNotEqualTo(address);
            }
        }

        @Test
        void areReadAnewAfterTheWayToThemIsDistrusted() throws IOException {
            try (StorageBackend backend = open()) {
                BlobAddress address = putOne(backend, "some bytes");
                assertThat(text(backend, address, 0, 10)).isEqualTo("some bytes");
                long requests = backend.requests();

                backend.distrust(address);
                backend.distrust(new BlobAddress("never-given"));
                assertThat(backend.requests()).isEqualTo(requests);

                assertThat(text(backend, address, 5, 5)).isEqualTo("bytes");
                backend.delete(List.of(address));
                backend.distrust(address);
                assertThat(backend.size(address)).isEmpty();
            }
        }

        @Test
        void mayBeAsSmallAsOneByte() throws IOException {
            try (StorageBackend backend = open()) {
                assertThat(text(backend, putOne(backend, "1"), 0, 1)).isEqualTo("1");
            }
        }

        @Test
        void areWhatTheBufferHeldDuringThePut() throws IOException {
            try (StorageBackend backend = open()) {
                ByteBuffer content = bytes("before");
                BlobAddress address = backend.put(List.of(content)).get(0);
                content.put(0, (byte) 'X');

                assertThat(text(backend, address, 0, 6)).isEqualTo("before");
            }
        }

        @Test
        void comeFromAnyKindOfBufferWhichStaysAsItWas() throws IOException {
            try (StorageBackend backend = open()) {
                ByteBuffer direct = ByteBuffer.allocateDirect(8).put(bytes("-direct-"));
                ByteBuffer slice = bytes("-- slice").slice(3, 5);
                for (ByteBuffer content : List.of(
                        direct.position(1).limit(7),
                        bytes("readonly").asReadOnlyBuffer(),
                        slice,
                        bytes("..middle..").position(2).limit(8))) {
                    ByteBuffer before = content.duplicate();

                    BlobAddress address = backend.put(List.of(content)).get(0);

                    assertThat(content.position()).isEqualTo(before.position());
                    assertThat(content.limit()).isEqualTo(before.limit());
                    assertThat(read(backend, address, 0, before.remaining())).isEqualTo(before);
                }
            }
        }

        @Test
        void withoutAnyByteAreRefused() throws IOException {
            try (StorageBackend backend = open()) {
                assertThatThrownBy(() -> putOne(backend, "")).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> backend.put(List.of())).isInstanceOf(IllegalArgumentException.class);
            }
        }

        @Test
        void storedByManyThreadsAtOnceAreAllThere() throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try (StorageBackend backend = open()) {
                List<Callable<BlobAddress>> puts = new ArrayList<>();
                for (int i = 0; i < 12; i++) {
                    String content = String.format("%04d", i);
                    puts.add(() -> {
                        BlobAddress address = putOne(backend, content);
                        assertThat(text(backend, address, 0, 4)).isEqualTo(content);
                        return address;
                    });
                }
                Map<BlobAddress, Integer> stored = new HashMap<>();
                for (Future<BlobAddress> put : threads.invokeAll(puts)) {
                    stored.put(put.get(), stored.size());
                }

                assertThat(stored).hasSize(12);
                for (Map.Entry<BlobAddress, Integer> blob : stored.entrySet()) {
                    assertThat(text(backend, blob.getKey(), 0, 4)).isEqualTo(String.format("%04d", blob.getValue()));
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Nested
    class Limits extends BackendLimitsContract {

        @Override
        protected StorageBackend open() throws IOException {
            return StorageBackendContract.this.open();
        }
    }

    @Nested
    class Reading {

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3})
        void findsAnyRange(long seed) throws IOException {
            Random random = new Random(seed);
            byte[] content = new byte[300_000 + random.nextInt(1000)];
            random.nextBytes(content);
            try (StorageBackend backend = open()) {
                BlobAddress address =
                        backend.put(List.of(ByteBuffer.wrap(content))).get(0);
                for (int i = 0; i < 8; i++) {
                    int from = random.nextInt(content.length);
                    int length = 1 + random.nextInt(content.length - from);

                    assertThat(read(backend, address, from, length))
                            .as("seed %d: %d bytes from %d", seed, length, from)
                            .isEqualTo(ByteBuffer.wrap(content, from, length));
                }
            }
        }

        @Test
        void fillsBetweenPositionAndLimitOnly() throws IOException {
            try (StorageBackend backend = open()) {
                BlobAddress address = putOne(backend, "abcdef");
                for (ByteBuffer target : List.of(ByteBuffer.allocate(6), ByteBuffer.allocateDirect(6))) {
                    target.put(bytes("......")).position(2).limit(5);

                    backend.read(address, 1, target);

                    assertThat(target.position()).isEqualTo(5);
                    assertThat(target.limit()).isEqualTo(5);
                    assertThat(target.clear()).isEqualTo(bytes("..bcd."));
                }
            }
        }

        @ParameterizedTest
        @ValueSource(longs = {3, 6, 7, 1L << 32, Long.MAX_VALUE})
        void pastTheEndFindsNoBlob(long offset) throws IOException {
            try (StorageBackend backend = open()) {
                BlobAddress address = putOne(backend, "abcdef");

                assertThatThrownBy(() -> read(backend, address, offset, 4)).isInstanceOf(BlobNotFoundException.class);
            }
        }

        @Test
        void aDeletedBlobFindsNone() throws IOException {
            try (StorageBackend backend = open()) {
                BlobAddress address = putOne(backend, "gone");
                backend.delete(List.of(address));

                assertThatThrownBy(() -> read(backend, address, 0, 4)).isInstanceOf(BlobNotFoundException.class);
                assertThat(backend.size(address)).isEqualTo(OptionalLong.empty());
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"0", "nonsense", "../../etc/passwd", "/etc/passwd", "..", "-1", "%2e%2e%2f", "~", "99999999"
                })
        void anAddressOfNothingFindsNoBlob(String address) throws IOException {
            try (StorageBackend backend = open()) {
                BlobAddress nothing = new BlobAddress(address);

                assertThatThrownBy(() -> read(backend, nothing, 0, 1)).isInstanceOf(BlobNotFoundException.class);
                assertThat(backend.size(nothing)).isEqualTo(OptionalLong.empty());
                backend.delete(List.of(nothing));
            }
        }
    }

    @Nested
    class Deleting {

        @Test
        void againDoesNothing() throws IOException {
            try (StorageBackend backend = open()) {
                BlobAddress address = putOne(backend, "gone");
                BlobAddress other = putOne(backend, "other");
                backend.delete(List.of(address));

                backend.delete(List.of(address, other));
                backend.delete(List.of(address, other));
                backend.delete(List.of());

                assertThat(backend.size(other)).isEqualTo(OptionalLong.empty());
            }
        }

        @Test
        void leavesTheOthersOfTheSameRequest() throws IOException {
            try (StorageBackend backend = open()) {
                assumeThat(backend.limits().maxBlobsPerRequest()).isGreaterThanOrEqualTo(3);
                List<BlobAddress> addresses = backend.put(List.of(bytes("one"), bytes("two"), bytes("six")));

                backend.delete(List.of(addresses.get(1)));

                assertThat(text(backend, addresses.get(0), 0, 3)).isEqualTo("one");
                assertThat(backend.size(addresses.get(1))).isEqualTo(OptionalLong.empty());
                assertThat(text(backend, addresses.get(2), 0, 3)).isEqualTo("six");
            }
        }

        @Test
        void isRememberedAfterReopening() throws IOException {
            BlobAddress address;
            try (StorageBackend backend = open()) {
                address = putOne(backend, "gone");
                backend.delete(List.of(address));
            }
            try (StorageBackend backend = open()) {
                assertThat(backend.size(address)).isEqualTo(OptionalLong.empty());
            }
        }
    }

    @Nested
    class Root extends RootSlotContract {

        @Override
        protected StorageBackend open() throws IOException {
            return StorageBackendContract.this.open();
        }
    }

    @Nested
    class Target {

        @Test
        void keepsItsIdAndPlaceAfterReopening() throws IOException {
            TargetId id;
            Place place;
            try (StorageBackend backend = open()) {
                id = backend.id();
                place = backend.place();
            }
            try (StorageBackend backend = open()) {
                assertThat(backend.id()).isEqualTo(id);
                assertThat(backend.place()).isEqualTo(place);
            }
        }

        @Test
        void countsItsRequests() throws IOException {
            try (StorageBackend backend = open()) {
                long before = backend.requests();
                BlobAddress address = putOne(backend, "counted");
                long afterPut = backend.requests();
                read(backend, address, 0, 1);

                assertThat(afterPut).isGreaterThan(before);
                assertThat(backend.requests()).isGreaterThan(afterPut);
            }
        }

        @Test
        void isNeverReadyBeforeNow() throws IOException {
            try (StorageBackend backend = open()) {
                putOne(backend, "any");

                assertThat(backend.untilReady()).isGreaterThanOrEqualTo(Duration.ZERO);
            }
        }

        @Test
        void listsItsBlobsIfItCan() throws IOException {
            try (StorageBackend backend = open()) {
                assumeThat(backend).isInstanceOf(BlobLister.class);
                BlobAddress kept = putOne(backend, "kept");
                BlobAddress other = putOne(backend, "another");
                backend.delete(List.of(putOne(backend, "gone")));
                backend.root().write(bytes("no blob"));

                Map<BlobAddress, Long> found = new HashMap<>();
                try (BlobLister.Listing listing = ((BlobLister) backend).list()) {
                    listing.forEachRemaining(blob -> found.put(blob.address(), blob.bytes()));
                }

                assertThat(found).isEqualTo(Map.of(kept, 4L, other, 7L));
            }
        }
    }
}
