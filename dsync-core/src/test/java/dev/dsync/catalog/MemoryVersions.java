package dev.dsync.catalog;

import dev.dsync.catalog.CatalogRecord.PathVersion;
import dev.dsync.catalog.CatalogRecord.VersionRemoved;
import dev.dsync.catalog.MemoryState.Appearance;
import dev.dsync.catalog.MemoryState.VersionKey;
import dev.dsync.source.RelativePath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The versions of a {@link MemoryCatalog}. */
final class MemoryVersions implements Versions {

    private final MemoryState state;

    MemoryVersions(MemoryState state) {
        this.state = state;
    }

    @Override
    public Map<String, Known> children(RelativePath folder) {
        synchronized (state) {
            Map<String, Known> children = new LinkedHashMap<>();
            below(folder)
                    .filter(path -> !path.isRoot() && path.parent().equals(folder))
                    .forEach(path -> newest(path).ifPresent(known -> children.put(path.name(), known)));
            return children;
        }
    }

    @Override
    public Optional<Known> newest(RelativePath path) {
        synchronized (state) {
            Long stamp = state.stamps.get(path);
            return Optional.ofNullable(state.history(path).lastEntry())
                    .map(last -> new Known(
                            last.getValue().version(), stamp == null ? OptionalLong.empty() : OptionalLong.of(stamp)));
        }
    }

    @Override
    public void record(Version version, ChunkList chunks, OptionalLong stamp) {
        synchronized (state) {
            if (version.sequence() != Version.UNCOMMITTED) {
                throw new IllegalArgumentException("a version of " + version.path() + " already has a sequence");
            }
            if (!state.chunks.keySet().containsAll(chunks)) {
                throw new IllegalArgumentException(
                        "a version of " + version.path() + " is made of a chunk that lies in no recorded pack");
            }
            put(state, new PathVersion(version, chunks));
            see(version.path(), stamp);
        }
    }

    /** Adds a version; an uncommitted one replaces an uncommitted one. */
    static void put(MemoryState state, PathVersion record) {
        Version version = record.version();
        NavigableMap<Appearance, PathVersion> history =
                state.versions.computeIfAbsent(version.path(), unused -> new TreeMap<>());
        if (version.sequence() == Version.UNCOMMITTED) {
            history.keySet().removeIf(other -> other.sequence() == Version.UNCOMMITTED);
        }
        history.putIfAbsent(Appearance.of(version), record);
    }

    @Override
    public void remove(Version version) {
        synchronized (state) {
            Appearance appearance = Appearance.of(version);
            if (state.history(version.path()).remove(appearance) != null && version.sequence() != Version.UNCOMMITTED) {
                state.versionsRemoved.put(
                        new VersionKey(version.path(), appearance),
                        new VersionRemoved(version.path(), version.sequence(), version.writer(), Version.UNCOMMITTED));
            }
        }
    }

    @Override
    public void saw(RelativePath path, OptionalLong stamp) {
        synchronized (state) {
            if (!state.history(path).isEmpty()) {
                see(path, stamp);
            }
        }
    }

    private void see(RelativePath path, OptionalLong stamp) {
        state.stamps.remove(path);
        stamp.ifPresent(seen -> state.stamps.put(path, seen));
    }

    @Override
    public Cursor<Known> liveBelow(RelativePath folder) {
        synchronized (state) {
            return MemoryState.cursor(below(folder)
                    .flatMap(path -> newest(path).stream())
                    .filter(known -> !known.version().deleted())
                    .toList()
                    .iterator());
        }
    }

    @Override
    public Cursor<Listed> tree(RelativePath from, long sequence, Scope scope) {
        synchronized (state) {
            return MemoryState.cursor(below(from)
                    .flatMap(path -> listed(history(path), sequence, scope).stream())
                    .toList()
                    .iterator());
        }
    }

    @Override
    public List<Listed> folder(RelativePath folder, long sequence, Scope scope) {
        synchronized (state) {
            return below(folder)
                    .filter(path -> !path.isRoot() && path.parent().equals(folder))
                    .flatMap(path -> listed(history(path), sequence, scope).stream())
                    .toList();
        }
    }

    private static Optional<Listed> listed(List<Version> history, long sequence, Scope scope) {
        int number = (int) history.stream()
                .filter(version -> version.sequence() <= sequence)
                .count();
        while (scope == Scope.WITH_DELETED
                && number > 0
                && history.get(number - 1).deleted()) {
            number--;
        }
        if (number == 0 || history.get(number - 1).deleted()) {
            return Optional.empty();
        }
        return Optional.of(new Listed(history.get(number - 1), number, history.size()));
    }

    @Override
    public Optional<Version> at(RelativePath path, long sequence) {
        List<Version> then = history(path).stream()
                .filter(version -> version.sequence() <= sequence)
                .toList();
        return then.isEmpty() ? Optional.empty() : Optional.of(then.get(then.size() - 1));
    }

    @Override
    public List<Version> history(RelativePath path) {
        synchronized (state) {
            return state.history(path).values().stream()
                    .map(PathVersion::version)
                    .toList();
        }
    }

    @Override
    public ChunkList chunks(Version version) {
        synchronized (state) {
            PathVersion found = state.history(version.path()).get(Appearance.of(version));
            if (found == null) {
                throw new IllegalArgumentException("no such version is recorded: " + version);
            }
            return found.chunks();
        }
    }

    @Override
    public Totals totals() {
        synchronized (state) {
            long files = 0;
            long deleted = 0;
            long bytes = 0;
            for (RelativePath path : state.versions.keySet()) {
                List<Version> history = history(path);
                Optional<Version> now =
                        listed(history, Version.UNCOMMITTED, Scope.LIVE).map(Listed::version);
                Optional<Version> before =
                        listed(history, Version.UNCOMMITTED, Scope.WITH_DELETED).map(Listed::version);
                if (now.isPresent()) {
                    files += now.get().kind() == VersionKind.FILE ? 1 : 0;
                    bytes += now.get().size();
                } else if (before.isPresent()) {
                    deleted += before.get().kind() == VersionKind.FILE ? 1 : 0;
                }
            }
            return new Totals(files, deleted, bytes);
        }
    }

    private Stream<RelativePath> below(RelativePath folder) {
        state.requireOpen();
        return state.versions.keySet().stream().filter(path -> path.startsWith(folder));
    }
}
