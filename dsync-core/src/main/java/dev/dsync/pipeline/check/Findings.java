package dev.dsync.pipeline.check;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.CatalogRecord;
import dev.dsync.catalog.CatalogRecord.PathVersion;
import dev.dsync.catalog.CommitLog;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Packs.ChunkPlace;
import dev.dsync.chunk.ChunkId;
import dev.dsync.pack.PackId;
import dev.dsync.pipeline.CheckEvent;
import dev.dsync.pipeline.CheckProblem;
import dev.dsync.pipeline.parts.SuspectCopies;
import dev.dsync.source.RelativePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a check has found so far. Which paths a damaged chunk or a lost pack concerns is found out at the end, for all of
 * them together, since the catalog knows it only the other way round. Safe for use by many threads.
 */
final class Findings {

    private record Found(CheckProblem problem, Optional<ChunkId> chunk) {}

    private final Catalog catalog;
    private final CheckEvent.Listener listener;
    private final List<Found> found = new ArrayList<>();
    private final List<SuspectCopies.Suspect> suspects = new ArrayList<>();
    private final Map<ChunkId, Set<RelativePath>> damaged = new HashMap<>();
    private final Map<PackId, Set<RelativePath>> lost = new HashMap<>();

    Findings(Catalog catalog, CheckEvent.Listener listener) {
        this.catalog = catalog;
        this.listener = listener;
    }

    /** Something that is wrong. */
    void add(CheckProblem problem) {
        add(problem, Optional.empty());
    }

    /** A chunk that is damaged; the paths that need it follow. */
    void add(CheckProblem problem, ChunkId chunk) {
        add(problem, Optional.of(chunk));
    }

    private void add(CheckProblem problem, Optional<ChunkId> chunk) {
        synchronized (this) {
            found.add(new Found(problem, chunk));
            chunk.ifPresent(id -> damaged.putIfAbsent(id, new LinkedHashSet<>()));
        }
        listener.on(new CheckEvent.ProblemFound(problem));
    }

    /** One copy of something is missing or damaged, which a sync or a repair can do something about. */
    synchronized void suspect(SuspectCopies.Suspect copy) {
        suspects.add(copy);
    }

    /** All copies that are missing or damaged. */
    synchronized List<SuspectCopies.Suspect> suspects() {
        return List.copyOf(suspects);
    }

    /** No copy of this pack is good: the problems with it get the paths that need it. */
    synchronized void lost(PackId pack) {
        lost.putIfAbsent(pack, new LinkedHashSet<>());
    }

    /** The packs of which no copy is known to be good. */
    synchronized List<PackId> lostPacks() {
        return List.copyOf(lost.keySet());
    }

    /** Everything found, with the paths. */
    synchronized List<CheckProblem> problems() {
        if (!damaged.isEmpty() || !lost.isEmpty()) {
            findPaths();
        }
        return found.stream().map(this::withPaths).toList();
    }

    private CheckProblem withPaths(Found one) {
        CheckProblem problem = one.problem();
        Set<RelativePath> paths = one.chunk().isPresent()
                ? damaged.get(one.chunk().get())
                : problem.pack().map(lost::get).orElse(null);
        if (paths == null) {
            return problem;
        }
        return problem.about(List.copyOf(paths));
    }

    private void findPaths() {
        try (Cursor<CatalogRecord> records = committed(catalog)) {
            while (records.hasNext()) {
                if (records.next() instanceof PathVersion version) {
                    version.chunks().forEach(chunk -> needs(version.version().path(), chunk));
                }
            }
        }
    }

    private void needs(RelativePath path, ChunkId chunk) {
        add(path, damaged.get(chunk));
        if (!lost.isEmpty()) {
            for (ChunkPlace place : catalog.packs().locate(chunk)) {
                add(path, lost.get(place.pack().id()));
            }
        }
    }

    private static void add(RelativePath path, @Nullable Set<RelativePath> paths) {
        if (paths != null && paths.size() < CheckProblem.MOST_PATHS) {
            paths.add(path);
        }
    }

    /** All records that commits carry. */
    static Cursor<CatalogRecord> committed(Catalog catalog) {
        long newest = catalog.commits()
                .head()
                .map(CommitLog.Head::info)
                .map(commit -> commit.sequence())
                .orElse(0L);
        return catalog.commits().records(0, newest);
    }
}
