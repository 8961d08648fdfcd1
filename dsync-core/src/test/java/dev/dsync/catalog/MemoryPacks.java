package dev.dsync.catalog;

import dev.dsync.catalog.CatalogRecord.PackContents;
import dev.dsync.catalog.CatalogRecord.PackCopies;
import dev.dsync.catalog.CatalogRecord.PackRemoved;
import dev.dsync.chunk.ChunkId;
import dev.dsync.pack.PackDirectory;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.PackId;
import dev.dsync.pack.PackKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** The packs of a {@link MemoryCatalog}. */
final class MemoryPacks implements Packs {

    private final MemoryState state;

    MemoryPacks(MemoryState state) {
        this.state = state;
    }

    @Override
    public boolean holds(ChunkId chunk) {
        synchronized (state) {
            return places(chunk).anyMatch(place -> place.pack().kind() != PackKind.CATALOG && onActive(place.pack()));
        }
    }

    @Override
    public List<ChunkPlace> locate(ChunkId chunk) {
        synchronized (state) {
            return places(chunk)
                    .sorted(Comparator.comparing((ChunkPlace place) -> !onActive(place.pack())))
                    .toList();
        }
    }

    @Override
    public void record(PackDirectory directory, List<StoredCopy> copies) {
        synchronized (state) {
            if (find(directory.id()).isPresent()) {
                throw new IllegalArgumentException("pack " + directory.id() + " is recorded already");
            }
            PackRemoved removal = state.packsRemoved.get(directory.id());
            if (removal != null && removal.sequence() == Version.UNCOMMITTED) {
                state.packsRemoved.remove(directory.id());
            }
            put(state, new PackContents(directory, Version.UNCOMMITTED));
            state.copies.put(directory.id(), new PackCopies(directory.id(), copies, Version.UNCOMMITTED));
        }
    }

    static void put(MemoryState state, PackContents record) {
        state.requireOpen();
        PackDirectory directory = record.directory();
        state.contents.put(directory.id(), record);
        directory
                .entries()
                .forEach(entry -> state.chunks
                        .computeIfAbsent(entry.id(), unused -> new HashSet<>())
                        .add(directory.id()));
    }

    @Override
    public void relocate(PackId pack, List<StoredCopy> copies) {
        synchronized (state) {
            require(pack);
            state.copies.put(pack, new PackCopies(pack, copies, Version.UNCOMMITTED));
        }
    }

    @Override
    public void remove(PackId pack) {
        synchronized (state) {
            PackContents contents = state.contents.get(pack);
            if (contents != null) {
                takeOut(state, pack);
                if (contents.sequence() != Version.UNCOMMITTED) {
                    state.packsRemoved.put(pack, new PackRemoved(pack, Version.UNCOMMITTED));
                }
            }
        }
    }

    static void takeOut(MemoryState state, PackId pack) {
        PackContents contents = state.contents.remove(pack);
        state.copies.remove(pack);
        if (contents != null) {
            for (PackEntry entry : contents.directory().entries()) {
                Set<PackId> packs = state.chunks.getOrDefault(entry.id(), new HashSet<>());
                packs.remove(pack);
                if (packs.isEmpty()) {
                    state.chunks.remove(entry.id());
                }
            }
        }
    }

    @Override
    public Optional<StoredPack> find(PackId pack) {
        synchronized (state) {
            state.requireOpen();
            return Optional.ofNullable(state.contents.get(pack)).map(this::stored);
        }
    }

    @Override
    public PackDirectory directory(PackId pack) {
        synchronized (state) {
            return require(pack).directory();
        }
    }

    @Override
    public Cursor<StoredPack> all(PackKind kind) {
        synchronized (state) {
            return MemoryState.cursor(state.contents.values().stream()
                    .filter(contents -> contents.directory().kind() == kind)
                    .map(this::stored)
                    .toList()
                    .iterator());
        }
    }

    @Override
    public ReadPlan plan() {
        return new Plan();
    }

    @Override
    public Totals totals() {
        synchronized (state) {
            List<PackContents> all = List.copyOf(state.contents.values());
            List<PackEntry> entries = all.stream()
                    .flatMap(pack -> pack.directory().entries().stream())
                    .toList();
            return new Totals(
                    all.size(),
                    all.stream()
                            .map(this::stored)
                            .mapToLong(
                                    pack -> (long) pack.size() * pack.copies().size())
                            .sum(),
                    entries.size(),
                    all.stream()
                            .mapToLong(pack -> bytes(pack, PackEntry::rawSize))
                            .sum(),
                    all.stream()
                            .mapToLong(pack -> bytes(pack, PackEntry::encodedLength))
                            .sum());
        }
    }

    private static long bytes(PackContents pack, ToLongFunction<PackEntry> length) {
        PackDirectory directory = pack.directory();
        return directory.kind() == PackKind.CLASSIC
                ? directory.size()
                : directory.entries().stream().mapToLong(length).sum();
    }

    private Stream<ChunkPlace> places(ChunkId chunk) {
        state.requireOpen();
        return state.chunks.getOrDefault(chunk, Set.of()).stream()
                .map(this::require)
                .flatMap(contents -> contents.directory().entries().stream()
                        .filter(entry -> entry.id().equals(chunk))
                        .map(entry -> new ChunkPlace(stored(contents), entry)));
    }

    private StoredPack stored(PackContents contents) {
        PackDirectory directory = contents.directory();
        PackCopies copies = state.copies.get(directory.id());
        return new StoredPack(
                directory.id(),
                directory.kind(),
                directory.suite(),
                directory.size(),
                copies == null ? List.of() : copies.copies());
    }

    private boolean onActive(StoredPack pack) {
        return pack.copies().stream().anyMatch(copy -> !state.isRetired(copy.target()));
    }

    private PackContents require(PackId pack) {
        PackContents contents = state.contents.get(pack);
        if (contents == null) {
            throw new IllegalArgumentException("pack " + pack + " is not recorded");
        }
        return contents;
    }

    /** A plan that does live in memory: tests are small. */
    private final class Plan implements ReadPlan {

        private final Map<PackId, List<PlannedChunk>> planned = new LinkedHashMap<>();

        @Override
        public List<ChunkId> add(int file, ChunkList chunks) {
            List<ChunkPlace> places = new ArrayList<>();
            List<ChunkId> missing = new ArrayList<>();
            for (ChunkId chunk : chunks) {
                locate(chunk).stream()
                        .filter(place -> !place.pack().copies().isEmpty())
                        .findFirst()
                        .ifPresentOrElse(places::add, () -> missing.add(chunk));
            }
            if (missing.isEmpty()) {
                long offset = 0;
                for (ChunkPlace place : places) {
                    planned.computeIfAbsent(place.pack().id(), unused -> new ArrayList<>())
                            .add(new PlannedChunk(place.entry(), file, offset));
                    offset += place.entry().rawSize();
                }
            }
            return missing;
        }

        @Override
        public Cursor<PackPlan> packs() {
            Comparator<PlannedChunk> order = Comparator.comparingInt(
                            (PlannedChunk chunk) -> chunk.entry().index())
                    .thenComparingInt(PlannedChunk::file)
                    .thenComparingLong(PlannedChunk::offset);
            return MemoryState.cursor(planned.entrySet().stream()
                    .map(pack -> new PackPlan(
                            find(pack.getKey()).orElseThrow(),
                            pack.getValue().stream().sorted(order).toList()))
                    .iterator());
        }

        @Override
        public void close() {
            planned.clear();
        }
    }
}
