package dev.dsync.pipeline;

import dev.dsync.catalog.ContentLayout;
import dev.dsync.catalog.Sha256;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.source.RelativePath;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * A file that was stored in the classic layout, as somebody else remembers it: to be adopted, not to be stored.
 *
 * @param path where it is in the synced folder
 * @param size bytes of content
 * @param sha256 digest of the content
 * @param modified the time it gets when it is restored
 * @param layout classic
 * @param deleted whether it was deleted since
 * @param parts what it is made of, in order
 */
public record ClassicFile(
        RelativePath path,
        long size,
        Sha256 sha256,
        Instant modified,
        ContentLayout layout,
        boolean deleted,
        List<Part> parts) {

    /** Gives the files, one by one. */
    public interface Source {
        void forEach(Consumer<ClassicFile> file) throws IOException;
    }

    /**
     * One part.
     *
     * @param sha256 digest of its bytes
     * @param size how many bytes, 0 if nobody knows
     * @param copy where it lies
     */
    public record Part(Sha256 sha256, int size, StoredCopy copy) {}

    public ClassicFile {
        if (!layout.classic() || path.isRoot()) {
            throw new IllegalArgumentException("no file in the classic layout: " + path);
        }
        parts = List.copyOf(parts);
    }
}
