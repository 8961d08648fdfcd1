package dev.dsync.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The blobs of a folder, one shelf after the other. Files that are none are passed over. */
final class FolderListing implements BlobLister.Listing {

    private final TargetFolder folder;
    private final BlobShelves shelves;
    private int nextShelf;
    private Optional<DirectoryStream<Path>> openShelf = Optional.empty();
    private Iterator<Path> files = Collections.emptyIterator();
    private Optional<BlobLister.ListedBlob> next = Optional.empty();

    FolderListing(TargetFolder folder) {
        this.folder = folder;
        this.shelves = new BlobShelves(folder.blobs());
    }

    @Override
    public boolean hasNext() {
        try {
            while (next.isEmpty() && (files.hasNext() || reachForNextShelf())) {
                if (files.hasNext()) {
                    next = blobIn(files.next());
                }
            }
            return next.isPresent();
        } catch (IOException e) {
            throw failed(e);
        } catch (DirectoryIteratorException e) {
            throw failed(e.getCause() != null ? e.getCause() : new IOException(e));
        }
    }

    @Override
    public BlobLister.ListedBlob next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more blobs");
        }
        BlobLister.ListedBlob blob = next.orElseThrow();
        next = Optional.empty();
        return blob;
    }

    @Override
    public void close() throws IOException {
        if (openShelf.isPresent()) {
            openShelf.get().close();
        }
    }

    @SuppressWarnings("StreamResourceLeak") // closed with this object, or before the next shelf
    private boolean reachForNextShelf() throws IOException {
        if (nextShelf == BlobShelves.COUNT) {
            return false;
        }
        close();
        files = Collections.emptyIterator();
        Path shelf = shelves.shelf(nextShelf++);
        if (Files.isDirectory(shelf, LinkOption.NOFOLLOW_LINKS)) {
            DirectoryStream<Path> stream = Files.newDirectoryStream(shelf);
            openShelf = Optional.of(stream);
            files = stream.iterator();
        }
        return true;
    }

    private Optional<BlobLister.ListedBlob> blobIn(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (!BlobShelves.isAddress(name)) {
            return Optional.empty();
        }
        BlobAddress address = new BlobAddress(name);
        // Looked up by its address: a blob on the wrong shelf cannot be read, so it is none.
        return shelves.find(address)
                .filter(found -> found.path().equals(file))
                .map(found -> new BlobLister.ListedBlob(address, found.bytes(), found.stored()));
    }

    private UncheckedIOException failed(IOException failure) {
        return new UncheckedIOException(FolderDiagnosis.of(failure, "list blobs", 0, folder.path()));
    }
}
