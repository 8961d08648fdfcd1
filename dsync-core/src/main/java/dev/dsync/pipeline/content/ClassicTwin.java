package dev.dsync.pipeline.content;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.chunk.ChunkId;
import java.util.function.Predicate;

/**
 * The version whose parts stand for another's. Stored anew, content of the classic layout gets other parts, because each
 * token is another one; so a version that lost a part is read from a later one with the same content.
 */
public final class ClassicTwin {

    private ClassicTwin() {}

    /**
     * The version itself if all its parts are there; else another one of its path with the same content, if there is one
     * with all its parts; else the version itself.
     *
     * @param holds whether a part is there
     */
    public static Version of(Catalog catalog, Version version, Predicate<ChunkId> holds) {
        if (isWhole(catalog, version, holds)) {
            return version;
        }
        return catalog.versions().history(version.path()).stream()
                .filter(other ->
                        other.kind() == VersionKind.FILE && other.layout().classic())
                .filter(other -> other.sha256().equals(version.sha256()) && other.size() == version.size())
                .filter(other -> isWhole(catalog, other, holds))
                .findFirst()
                .orElse(version);
    }

    private static boolean isWhole(Catalog catalog, Version version, Predicate<ChunkId> holds) {
        return catalog.versions().chunks(version).stream().allMatch(holds);
    }
}
