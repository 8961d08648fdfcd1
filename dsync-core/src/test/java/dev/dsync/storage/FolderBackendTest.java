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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderBackendTest extends StorageBackendContract {

    @TempDir
    Path home;

    private Path target;

    @BeforeEach
    void chooseFolder() {
        target = home.resolve("target");
    }

    @Override
    protected StorageBackend open() throws IOException {
        return TestFolders.open(target);
    }

    @Test
    void everythingIsReadableByItsOwnerOnly() throws IOException {
        assumeThat(home.getFileSystem().supportedFileAttributeViews()).contains("posix");
        StorageBackend backend = open();
        putOne(backend, "blob");
        backend.root().write(bytes("root"));

        try (Stream<Path> paths = Files.walk(target)) {
            assertThat(paths)
                    .hasSizeGreaterThanOrEqualTo(7)
                    .allSatisfy(path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .as("%s", path)
                            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
    }

    @Test
    void openingAndReadingWritesNothing() throws IOException {
        StorageBackend writer = open();
        BlobAddress address = putOne(writer, "blob");
        writer.root().write(bytes("root"));
        Map<Path, FileTime> before = modificationTimes();

        StorageBackend reader = TestFolders.openUsed(target);
        text(reader, address, 0, 4);
        reader.root().read();
        reader.size(address);

        assertThat(modificationTimes()).isEqualTo(before);
    }

    @Test
    void aFolderThatMayOnlyBeReadCanBeReadAndAsksForAPersonToBeWritten() throws IOException {
        BlobAddress address = putOne(open(), "blob");
        setMode("r-xr-xr-x");
        try {
            assumeThat(Files.isWritable(target)).as("not run by root").isFalse();
            StorageBackend backend = TestFolders.openUsed(target);

            assertThat(text(backend, address, 0, 4)).isEqualTo("blob");
            assertThatThrownBy(() -> putOne(backend, "no")).isInstanceOf(TargetBlockedException.class);
            assertThatThrownBy(() -> backend.root().write(bytes("no"))).isInstanceOf(TargetBlockedException.class);
            assertThatThrownBy(() -> backend.delete(List.of(address))).isInstanceOf(TargetBlockedException.class);
        } finally {
            setMode("rwxr-xr-x");
        }
    }

    @Test
    void leftoversOlderThanADayGoWhenItIsOpened() throws IOException {
        putOne(open(), "blob");
        Instant now = Instant.parse("2026-11-22T12:00:00Z");
        Path old = leftover("a".repeat(32), now.minus(Duration.ofHours(25)));
        Path young = leftover("b".repeat(32), now.minus(Duration.ofHours(23)));
        Path foreign = leftover("notes.txt", now.minus(Duration.ofDays(400)));

        TestFolders.open(target, false, now, new Random(1));

        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(foreign).exists();
    }

    @Test
    void aRepeatingRandomGeneratorReplacesNoBlob() throws IOException {
        Set<BlobAddress> addresses = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            addresses.add(putOne(TestFolders.open(target, true, Instant.now(), new Random(1)), "blob " + i));
        }

        assertThat(addresses).hasSize(3);
    }

    @Test
    void aReaderSeesOnlyWholeRootsWhileTheyAreReplaced() throws Exception {
        StorageBackend writer = open();
        writer.root().write(rootOf(1));
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> writeRoots(writer, enough));
        StorageBackend reader = open();
        Set<Integer> seen = new HashSet<>();
        try {
            while (seen.size() < 20) {
                ByteBuffer root = reader.root().read().orElseThrow();
                assertThat(root).isEqualTo(rootOf(root.get(0)));
                seen.add((int) root.get(0));
                assertThat(writing).isNotDone();
            }
        } finally {
            enough.set(true);
        }
        writing.get();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "an empty folder", "another target"})
    void aFolderThatWentAwayIsOutOfReachAndLeftAlone(String instead) throws IOException {
        StorageBackend backend = open();
        BlobAddress address = putOne(backend, "blob");
        backend.root().write(bytes("root"));
        Files.move(target, home.resolve("unmounted"));
        if (instead.equals("an empty folder")) {
            Files.createDirectory(target);
        } else if (instead.equals("another target")) {
            TestFolders.open(target);
        }
        List<Path> before = paths();

        assertOutOfReach(() -> putOne(backend, "no"));
        assertOutOfReach(() -> read(backend, address, 0, 4));
        assertOutOfReach(() -> backend.size(address));
        assertOutOfReach(() -> backend.delete(List.of(address)));
        assertOutOfReach(() -> backend.root().read());
        assertOutOfReach(() -> backend.root().write(bytes("no")));
        assertOutOfReach(() -> ((BlobLister) backend).list());
        assertThat(paths()).isEqualTo(before);
    }

    @Test
    void aFolderThatCameBackIsGoodAgain() throws IOException {
        StorageBackend backend = open();
        BlobAddress address = putOne(backend, "blob");
        Files.move(target, home.resolve("unmounted"));
        assertOutOfReach(() -> backend.size(address));
        Files.move(home.resolve("unmounted"), target);

        assertThat(text(backend, address, 0, 4)).isEqualTo("blob");
    }

    @Test
    void foldersInsideThatWereRemovedAreMadeAgain() throws IOException {
        StorageBackend backend = open();
        backend.delete(List.of(putOne(backend, "blob")));
        for (Path folder : List.of(target.resolve("incoming"), target.resolve("blobs"))) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(path);
                }
            }
        }

        assertThat(text(backend, putOne(backend, "again"), 0, 5)).isEqualTo("again");
    }

    @Nested
    class StrangeFiles {

        private StorageBackend backend;
        private BlobAddress address;
        private Path blob;

        @BeforeEach
        void storeBlob() throws IOException {
            backend = open();
            address = putOne(backend, "blob");
            blob = target.resolve("blobs")
                    .resolve(address.value().substring(0, 2))
                    .resolve(address.value());
        }

        @Test
        void behindALinkAreNoBlobs() throws IOException {
            Path secret = Files.writeString(home.resolve("secret"), "data");
            Files.delete(blob);
            Files.createSymbolicLink(blob, secret);

            assertNoBlob();
            assertThat(secret).exists();
        }

        @Test
        void onALinkedShelfAreNoBlobs() throws IOException {
            Path elsewhere = home.resolve("elsewhere");
            Files.move(blob.getParent(), elsewhere);
            Files.createSymbolicLink(blob.getParent(), elsewhere);

            assertNoBlob();
            assertThat(elsewhere.resolve(address.value())).exists();
        }

        @Test
        void insteadOfABlobOrShelfAreNoBlobs() throws IOException {
            Files.delete(blob);
            Files.createDirectory(blob);
            assertNoBlob();
            assertThat(blob).exists();

            Files.delete(blob);
            Files.delete(blob.getParent());
            Files.createFile(blob.getParent());
            assertNoBlob();
        }

        @ParameterizedTest
        @ValueSource(strings = {"../root", "../../secret", "ab/../../../secret", "AB345678901234567890123456789012"})
        void areOutOfReachOfHostileAddresses(String hostile) throws IOException {
            backend.root().write(bytes("root"));
            Path secret = Files.writeString(home.resolve("secret"), "data");
            BlobAddress address = new BlobAddress(hostile);

            assertThatThrownBy(() -> read(backend, address, 0, 1)).isInstanceOf(BlobNotFoundException.class);
            assertThat(backend.size(address)).isEmpty();
            backend.delete(List.of(address));
            assertThat(backend.root().read()).isPresent();
            assertThat(secret).exists();
        }

        @Test
        void areNotListed() throws IOException {
            Path shelf = blob.getParent();
            Files.createFile(shelf.resolve("README"));
            Files.createFile(shelf.resolve("a b\n%41ü\\"));
            Files.createFile(shelf.resolve(address.value() + ".tmp"));
            String otherShelf = address.value().startsWith("00") ? "01" : "00";
            Files.createFile(shelf.resolve(otherShelf + "f".repeat(30)));
            Path misfiled = target.resolve("blobs").resolve(otherShelf);
            Files.createFile(Files.createDirectories(misfiled).resolve(address.value()));
            Files.createDirectory(shelf.resolve(address.value().substring(0, 2) + "0".repeat(30)));
            Files.createFile(target.resolve("blobs").resolve("f".repeat(32)));
            Files.createDirectory(target.resolve("blobs").resolve("zz"));

            List<BlobAddress> found = new ArrayList<>();
            try (BlobLister.Listing listing = ((BlobLister) backend).list()) {
                listing.forEachRemaining(listed -> found.add(listed.address()));
            }

            assertThat(found).containsExactly(address);
        }

        @Test
        void inPlaceOfTheRootAskForAPerson() throws IOException {
            Files.createSymbolicLink(target.resolve("root"), home.resolve("secret"));

            assertThatThrownBy(() -> backend.root().read()).isInstanceOf(TargetBlockedException.class);
        }

        @Test
        void asLongAsNoRootIsAreReadUpToItsCapacity() throws IOException {
            Files.write(target.resolve("root"), new byte[1 << 20]);

            assertThat(backend.root().read().orElseThrow().remaining())
                    .isEqualTo(backend.root().capacity());
        }

        private void assertNoBlob() throws IOException {
            assertThatThrownBy(() -> read(backend, address, 0, 4)).isInstanceOf(BlobNotFoundException.class);
            assertThat(backend.size(address)).isEmpty();
            backend.delete(List.of(address));
            try (BlobLister.Listing listing = ((BlobLister) backend).list()) {
                assertThat(listing.hasNext()).isFalse();
            }
        }
    }

    private interface Call {
        void run() throws IOException;
    }

    private static void assertOutOfReach(Call call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessageContaining("out of reach");
    }

    /** Roots from 1 to 100 and again, until somebody has seen enough. */
    private static void writeRoots(StorageBackend backend, AtomicBoolean enough) {
        try {
            for (int i = 1; !enough.get(); i = i % 100 + 1) {
                backend.root().write(rootOf(i));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Bytes and length both tell the number. */
    private static ByteBuffer rootOf(int number) {
        byte[] root = new byte[number * 500];
        Arrays.fill(root, (byte) number);
        return ByteBuffer.wrap(root);
    }

    private Path leftover(String name, Instant modified) throws IOException {
        Path file = Files.createFile(target.resolve("incoming").resolve(name));
        return Files.setLastModifiedTime(file, FileTime.from(modified));
    }

    private void setMode(String permissions) throws IOException {
        assumeThat(home.getFileSystem().supportedFileAttributeViews()).contains("posix");
        try (Stream<Path> all = Files.walk(target)) {
            for (Path folder : all.filter(Files::isDirectory).toList()) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
            }
        }
    }

    private List<Path> paths() throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.sorted().toList();
        }
    }

    private Map<Path, FileTime> modificationTimes() throws IOException {
        Map<Path, FileTime> times = new TreeMap<>();
        for (Path path : paths()) {
            times.put(path, Files.getLastModifiedTime(path));
        }
        return times;
    }
}
