package dev.dsync.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * A target that is a folder of this machine: on its own disk, another disk or a mounted share. {@link TargetFolder}
 * says what lies where. Several homes may use one folder at a time. A folder that may only be read can be opened and
 * read.
 */
final class FolderBackend implements StorageBackend, BlobLister, BlobLinks {

    /** Room enough for a pack of any size in use, and a bound on what one failed put has to do again. */
    private static final BackendLimits LIMITS = new BackendLimits(256 << 20, 64, 256 << 20);

    /** A file that is still being written is younger than this. */
    private static final Duration OLDEST_INCOMING = Duration.ofDays(1);

    /** Random names of 120 bits do not meet; a random generator that repeats itself must not keep us for ever. */
    private static final int MOST_NAMES_TRIED = 100;

    private final TargetFolder folder;
    private final BlobShelves shelves;
    private final DurableFiles files;
    private final RandomGenerator random;
    private final Place place;
    private final RootSlot root;
    private final AtomicLong requests = new AtomicLong();

    private FolderBackend(TargetFolder folder, RandomGenerator random) {
        this.folder = folder;
        this.shelves = new BlobShelves(folder.blobs());
        this.files = new DurableFiles(folder.path());
        this.random = random;
        this.place =
                new Place("file", fileSystemOf(folder.path()), folder.path().toString());
        this.root = new Root(new FolderRoot(folder, files, random));
    }

    /** Opens the folder as {@link FolderBackendProvider#open} says. */
    static FolderBackend open(Path path, StorageBackendProvider.Surroundings surroundings) throws StorageException {
        RandomGenerator random = surroundings.random();
        try {
            TargetFolder folder = TargetFolder.open(path, surroundings.mayCreate(), random);
            removeLeftovers(folder.incoming(), surroundings.clock());
            return new FolderBackend(folder, random);
        } catch (IOException e) {
            throw FolderDiagnosis.of(e, "open the target", surroundings.mayCreate() ? 1 : 0, path);
        }
    }

    @Override
    public TargetId id() {
        return folder.targetId();
    }

    @Override
    public Place place() {
        return place;
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
        long bytes = contents.stream().mapToLong(ByteBuffer::remaining).sum();
        return request("store blobs", bytes, () -> store(contents));
    }

    @Override
    public void read(BlobAddress address, long offset, ByteBuffer target) throws StorageException {
        int wanted = target.remaining();
        boolean filled = request("read a blob", 0, () -> {
            Optional<BlobShelves.BlobFile> blob = find(address);
            return blob.isPresent()
                    && offset <= blob.get().bytes() - wanted
                    && DurableFiles.read(blob.get().path(), offset, target);
        });
        if (!filled) {
            throw new BlobNotFoundException("the folder " + folder.path() + " has no blob " + address
                    + ", or not all of " + wanted + " bytes from " + offset + " on");
        }
    }

    @Override
    public OptionalLong size(BlobAddress address) throws StorageException {
        return request(
                "find a blob",
                0,
                () -> find(address).map(blob -> OptionalLong.of(blob.bytes())).orElseGet(OptionalLong::empty));
    }

    @Override
    public Optional<String> knownLink(BlobAddress address) {
        try {
            return shelves.find(address).map(blob -> blob.path().toUri().toString());
        } catch (IOException e) {
            // A folder that cannot be looked at gives no links.
            return Optional.empty();
        }
    }

    @Override
    public String freshLink(BlobAddress address) throws StorageException {
        return knownLink(address).orElseThrow(() -> new BlobNotFoundException("there is no blob " + address));
    }

    @Override
    public void delete(Collection<BlobAddress> addresses) throws StorageException {
        request("remove blobs", 1, () -> {
            folder.requireHere();
            for (BlobAddress address : addresses) {
                Optional<BlobShelves.BlobFile> blob = shelves.find(address);
                if (blob.isPresent()) {
                    Files.deleteIfExists(blob.get().path());
                }
            }
            return addresses;
        });
    }

    @Override
    public Listing list() throws StorageException {
        return request("list blobs", 0, () -> {
            folder.requireHere();
            return new FolderListing(folder);
        });
    }

    @Override
    public RootSlot root() {
        return root;
    }

    @Override
    public long requests() {
        return requests.get();
    }

    @Override
    public void close() {
        // No file stays open between two calls.
    }

    /** Finds a blob; that it is not there is only believed of a folder that is. */
    private Optional<BlobShelves.BlobFile> find(BlobAddress address) throws IOException {
        Optional<BlobShelves.BlobFile> blob = shelves.find(address);
        if (blob.isEmpty()) {
            folder.requireHere();
        }
        return blob;
    }

    /** Puts all blobs on one shelf: one folder to bring to the disk, however many they are. */
    private List<BlobAddress> store(List<ByteBuffer> contents) throws IOException {
        folder.requireHere();
        int number = random.nextInt(BlobShelves.COUNT);
        Path shelf = shelves.shelf(number);
        for (Path needed : List.of(folder.incoming(), folder.blobs(), shelf)) {
            files.createFolder(needed);
        }
        List<BlobAddress> stored = new ArrayList<>();
        try {
            for (ByteBuffer content : contents) {
                stored.add(receive(content, number));
            }
            for (BlobAddress address : stored) {
                files.rename(folder.incoming().resolve(address.value()), shelf.resolve(address.value()));
            }
            files.syncFolder(shelf);
            // A disk that went away while we wrote may have left these names in the empty folder below it.
            folder.requireHere();
        } catch (IOException | RuntimeException e) {
            for (BlobAddress address : stored) {
                DurableFiles.removeQuietly(folder.incoming().resolve(address.value()));
                DurableFiles.removeQuietly(shelf.resolve(address.value()));
            }
            throw e;
        }
        return List.copyOf(stored);
    }

    /** Writes the blob to a file of the same name among the incoming ones. */
    private BlobAddress receive(ByteBuffer content, int shelf) throws IOException {
        for (int tried = 0; tried < MOST_NAMES_TRIED; tried++) {
            BlobAddress address = shelves.randomAddress(shelf, random);
            Path incoming = folder.incoming().resolve(address.value());
            try {
                files.create(incoming, content);
            } catch (FileAlreadyExistsException e) {
                continue; // This very name is being written, by another thread or home.
            }
            // Asked only now: whoever wrote this name before has either the incoming file or the blob.
            if (Files.notExists(shelves.shelf(shelf).resolve(address.value()), LinkOption.NOFOLLOW_LINKS)) {
                return address;
            }
            DurableFiles.removeQuietly(incoming);
        }
        throw new IOException("the random generator gives only names that exist already");
    }

    private <T> T request(String task, long bytes, FileWork<T> work) throws StorageException {
        requests.incrementAndGet();
        try {
            return work.run();
        } catch (IOException e) {
            throw FolderDiagnosis.of(e, task, bytes, folder.path());
        }
    }

    /** Removes what a crash left half written. It is in nobody's way, so a failure to do so is none of opening. */
    private static void removeLeftovers(Path incoming, Clock clock) {
        Instant oldest = clock.instant().minus(OLDEST_INCOMING);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(incoming)) {
            for (Path entry : entries) {
                if (BlobShelves.isAddress(entry.getFileName().toString())
                        && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)
                        && Files.getLastModifiedTime(entry).toInstant().isBefore(oldest)) {
                    Files.deleteIfExists(entry);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Not there yet, may only be read, or another home removes them at this moment.
        }
    }

    /** What is lost together: folders of one file system. */
    private static String fileSystemOf(Path folder) {
        try {
            return Files.getFileStore(folder).name();
        } catch (IOException e) {
            return folder.toString(); // Some containers hide their mounts; a place of its own is the best guess.
        }
    }

    /** Work on files that fails as files do. */
    private interface FileWork<T> {
        T run() throws IOException;
    }

    private final class Root implements RootSlot {

        private final FolderRoot file;

        Root(FolderRoot file) {
            this.file = file;
        }

        @Override
        public int capacity() {
            return FolderRoot.CAPACITY_BYTES;
        }

        @Override
        public Optional<ByteBuffer> read() throws StorageException {
            return request("read the root", 0, file::read);
        }

        @Override
        public void write(ByteBuffer newRoot) throws StorageException {
            checkSize(newRoot);
            request("write the root", newRoot.remaining(), () -> {
                file.write(newRoot);
                return newRoot;
            });
        }
    }
}
