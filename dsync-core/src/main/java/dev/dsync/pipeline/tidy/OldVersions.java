package dev.dsync.pipeline.tidy;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.catalog.Versions.Listed;
import dev.dsync.catalog.Versions.Scope;
import dev.dsync.pipeline.Keeps;
import dev.dsync.source.RelativePath;
import java.util.List;

/**
 * The versions that nothing keeps, and which chunks the others are made of. Of each path the oldest versions go, one after
 * the other, up to the first that is kept: so whatever was to be seen within the keeps still is.
 */
final class OldVersions {

    private final Catalog catalog;
    private final Keeps keeps;
    private final Ages ages;
    private final boolean remove;
    private final ChunkSet live = new ChunkSet();
    private final ChunkSet dropped = new ChunkSet();
    private long count;

    /**
     * What is old.
     *
     * @param ages how old the commits are
     * @param remove whether the catalog is to lose them
     */
    OldVersions(Catalog catalog, Keeps keeps, Ages ages, boolean remove) {
        this.catalog = catalog;
        this.keeps = keeps;
        this.ages = ages;
        this.remove = remove;
    }

    /** Looks at every path. */
    void find() {
        try (Cursor<Listed> tree =
                catalog.versions().tree(RelativePath.ROOT, Version.UNCOMMITTED, Scope.WITH_DELETED)) {
            while (tree.hasNext()) {
                Listed listed = tree.next();
                if (listed.versions() == 1) {
                    keep(listed.version());
                } else {
                    look(catalog.versions().history(listed.version().path()));
                }
            }
        }
    }

    /** The chunks that kept versions are made of. */
    ChunkSet live() {
        return live;
    }

    /** The chunks that the versions found here are made of; some may be live all the same. */
    ChunkSet dropped() {
        return dropped;
    }

    /** How many versions of files and links there are to remove, deletions included. */
    long count() {
        return count;
    }

    private void look(List<Version> history) {
        int old = old(history);
        boolean folder = history.stream()
                .filter(version -> !version.deleted())
                .reduce((first, second) -> second)
                .filter(version -> version.kind() == VersionKind.FOLDER)
                .isPresent();
        history.subList(old, history.size()).forEach(this::keep);
        for (Version version : history.subList(0, old)) {
            catalog.versions().chunks(version).forEach(dropped::add);
            if (remove) {
                catalog.versions().remove(version);
            }
        }
        count += folder ? 0 : old;
    }

    private void keep(Version version) {
        if (version.kind() == VersionKind.FILE || version.layout().classic()) {
            catalog.versions().chunks(version).forEach(live::add);
        }
    }

    /** How many of the versions, from the oldest on, nothing keeps. */
    private int old(List<Version> history) {
        int newest = history.size() - 1;
        boolean deleted = history.get(newest).deleted();
        if (deleted && ages.isPast(history.get(newest).sequence(), keeps.deleted())) {
            return history.size();
        }
        int most = Math.min(newest, firstOfNewest(history));
        int old = 0;
        while (old < most && ages.isPast(history.get(old + 1).sequence(), keeps.within())) {
            old++;
        }
        return old;
    }

    /** Where the newest versions begin that are kept however old they are; what a deleted path last was is one. */
    private int firstOfNewest(List<Version> history) {
        int first = history.size();
        for (int found = 0; first > 0 && found < keeps.versions(); first--) {
            found += history.get(first - 1).deleted() ? 0 : 1;
        }
        return first;
    }
}
