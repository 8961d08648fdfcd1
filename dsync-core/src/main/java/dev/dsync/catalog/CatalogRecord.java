package dev.dsync.catalog;

import dev.dsync.pack.PackDirectory;
import dev.dsync.pack.PackId;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.TargetId;
import java.util.List;

/**
 * One entry of a segment. Each has a key, unique within its kind; of two records with the same key the one with the
 * higher sequence holds. Segments are sorted by kind in the order below, then by key.
 */
public sealed interface CatalogRecord {

    /** The commit that last wrote it. */
    long sequence();

    /**
     * A commit there was. Key: its hash. It cannot name its own hash, so the next commit carries the record.
     *
     * @param blobs what it stored beside data packs, its own copies and those of the catalog packs it added, and the
     *     copies of packs that the commit after it took out of the vault. Whatever of this nothing refers to any more can
     *     be deleted; what was deleted is taken off the list.
     */
    record CommitMade(CommitInfo commit, List<StoredCopy> blobs, long sequence) implements CatalogRecord {

        public CommitMade {
            blobs = List.copyOf(blobs);
        }
    }

    /**
     * A home that writes. Key: writer.
     *
     * @param host the machine's name, for people
     * @param folder the synced folder there, for people and for a home that lost its state
     */
    record WriterSeen(WriterId writer, String host, String folder, long sequence) implements CatalogRecord {

        public WriterSeen {
            FieldWriter.utf8(host);
            FieldWriter.utf8(folder);
        }
    }

    /** A target and whether it counts. Key: target. */
    record TargetState(TargetId target, KnownTarget.State state, long sequence) implements CatalogRecord {}

    /** What a pack holds; never changes. Key: pack. */
    record PackContents(PackDirectory directory, long sequence) implements CatalogRecord {}

    /** Where a pack lies. Key: pack. */
    record PackCopies(PackId pack, List<StoredCopy> copies, long sequence) implements CatalogRecord {

        public PackCopies {
            copies = List.copyOf(copies);
        }
    }

    /** One state of one path. Key: path, the sequence it appeared in, writer. */
    record PathVersion(Version version, ChunkList chunks) implements CatalogRecord {

        @Override
        public long sequence() {
            return version.sequence();
        }
    }

    /** The pack is no longer part of the vault. Key: pack. */
    record PackRemoved(PackId pack, long sequence) implements CatalogRecord {}

    /** The version is no longer part of the vault. Key: path, the sequence it had appeared in, writer. */
    record VersionRemoved(RelativePath path, long appeared, WriterId writer, long sequence) implements CatalogRecord {}
}
