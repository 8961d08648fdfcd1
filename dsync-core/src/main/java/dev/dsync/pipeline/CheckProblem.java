package dev.dsync.pipeline;

import dev.dsync.pack.PackId;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.TargetId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One thing that a check found wrong.
 *
 * @param kind what it is
 * @param target where, if it is one target's trouble
 * @param pack in which pack, if in one
 * @param chunk which of the pack's chunks, counted from 0, if it is one chunk's trouble
 * @param paths files with a version that needs it, the first {@value #MOST_PATHS}; empty if it is not about content
 * @param detail what was found, what was wanted and where, for people
 */
public record CheckProblem(
        Kind kind,
        Optional<TargetId> target,
        Optional<PackId> pack,
        OptionalInt chunk,
        List<RelativePath> paths,
        String detail) {

    /** How many paths a problem names at most. */
    public static final int MOST_PATHS = 10;

    /** Kinds of problems. */
    public enum Kind {
        /** A target does not say what its root is. */
        ROOT_UNREACHABLE,
        /** A target has no root, though the vault has a commit. */
        ROOT_MISSING,
        /** A target's root does not open. */
        ROOT_DAMAGED,
        /** A target carries another vault. */
        ROOT_FOREIGN,
        /** A target's root points to an older commit than this home's newest. */
        ROOT_BEHIND,
        /** A target's root points to a commit that does not belong to the history this home knows. */
        ROOT_FORKED,
        /** A copy of the newest commit is not there. */
        COMMIT_MISSING,
        /** A copy of the newest commit is not what was stored. */
        COMMIT_DAMAGED,
        /** No target that has the newest commit can be reached. */
        COMMIT_UNREACHABLE,
        /** A version needs chunks that lie in no pack with a copy. */
        CHUNK_MISSING,
        /** A copy of a pack is not there, or no copy is left. */
        PACK_MISSING,
        /** A copy of a pack has another length than it was stored with. */
        PACK_SIZE,
        /** No target that has the pack can be reached. */
        PACK_UNREACHABLE,
        /** A copy of a pack has a damaged header, directory or trailer, or they say other things than the catalog. */
        PACK_DAMAGED,
        /** A chunk in a copy of a pack is not what was stored. */
        CHUNK_DAMAGED,
        /** The parts of a file in the classic layout do not make up the file that was stored. */
        CONTENT_DAMAGED;

        /** In lower case, for example {@code pack_missing}: what programs see. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public CheckProblem {
        paths = List.copyOf(paths);
    }

    /** The same problem, of which it is now known which paths it concerns. */
    public CheckProblem about(List<RelativePath> others) {
        return new CheckProblem(kind, target, pack, chunk, others, detail);
    }
}
