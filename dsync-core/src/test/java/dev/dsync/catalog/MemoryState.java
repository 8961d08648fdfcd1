package dev.dsync.catalog;

import dev.dsync.catalog.CatalogRecord.CommitMade;
import dev.dsync.catalog.CatalogRecord.PackContents;
import dev.dsync.catalog.CatalogRecord.PackCopies;
import dev.dsync.catalog.CatalogRecord.PackRemoved;
import dev.dsync.catalog.CatalogRecord.PathVersion;
import dev.dsync.catalog.CatalogRecord.TargetState;
import dev.dsync.catalog.CatalogRecord.VersionRemoved;
import dev.dsync.catalog.CatalogRecord.WriterSeen;
import dev.dsync.catalog.CommitLog.Head;
import dev.dsync.chunk.ChunkId;
import dev.dsync.pack.PackId;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.TargetId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All that a {@link MemoryCatalog} holds. Its users synchronize on it. */
final class MemoryState {

    /** What tells a version from the others of its path. */
    record Appearance(long sequence, WriterId writer) implements Comparable<Appearance> {

        static Appearance of(Version version) {
            return new Appearance(version.sequence(), version.writer());
        }

        @Override
        public int compareTo(Appearance other) {
            return sequence == other.sequence ? writer.compareTo(other.writer) : Long.compare(sequence, other.sequence);
        }
    }

    /** What tells a version from all others. */
    record VersionKey(RelativePath path, Appearance appearance) implements Comparable<VersionKey> {
        @Override
        public int compareTo(VersionKey other) {
            int paths = path.compareTo(other.path);
            return paths == 0 ? appearance.compareTo(other.appearance) : paths;
        }
    }

    final NavigableMap<RelativePath, NavigableMap<Appearance, PathVersion>> versions = new TreeMap<>();
    final NavigableMap<VersionKey, VersionRemoved> versionsRemoved = new TreeMap<>();
    final Map<RelativePath, Long> stamps = new HashMap<>();
    final Map<PackId, PackContents> contents = new LinkedHashMap<>();
    final NavigableMap<PackId, PackCopies> copies = new TreeMap<>();
    final NavigableMap<PackId, PackRemoved> packsRemoved = new TreeMap<>();
    final Map<ChunkId, Set<PackId>> chunks = new HashMap<>();
    final NavigableMap<TargetId, TargetState> targets = new TreeMap<>();
    final NavigableMap<WriterId, WriterSeen> writers = new TreeMap<>();
    final NavigableMap<Sha256, CommitMade> commits = new TreeMap<>(Comparator.comparing(Sha256::toString));
    final Map<String, String> home = new HashMap<>();
    Optional<Head> head = Optional.empty();
    private boolean closed;

    MemoryState copy() {
        MemoryState copy = new MemoryState();
        versions.forEach((path, all) -> copy.versions.put(path, new TreeMap<>(all)));
        copy.versionsRemoved.putAll(versionsRemoved);
        copy.stamps.putAll(stamps);
        copy.contents.putAll(contents);
        copy.copies.putAll(copies);
        copy.packsRemoved.putAll(packsRemoved);
        chunks.forEach((chunk, packs) -> copy.chunks.put(chunk, new HashSet<>(packs)));
        copy.targets.putAll(targets);
        copy.writers.putAll(writers);
        copy.commits.putAll(commits);
        copy.home.putAll(home);
        copy.head = head;
        return copy;
    }

    void requireOpen() {
        if (closed) {
            throw new CatalogException("the catalog is closed");
        }
    }

    void close() {
        closed = true;
    }

    /** The versions of a path, oldest first. */
    NavigableMap<Appearance, PathVersion> history(RelativePath path) {
        requireOpen();
        return versions.getOrDefault(path, new TreeMap<>());
    }

    boolean isRetired(TargetId target) {
        TargetState state = targets.get(target);
        return state != null && state.state() == KnownTarget.State.RETIRED;
    }

    /** A cursor over what an iterator gives. */
    static <T> Cursor<T> cursor(Iterator<T> items) {
        return new Cursor<>() {
            @Override
            public boolean hasNext() {
                return items.hasNext();
            }

            @Override
            public T next() {
                return items.next();
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }
}
