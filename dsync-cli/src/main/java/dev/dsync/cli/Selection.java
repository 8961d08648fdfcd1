package dev.dsync.cli;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.catalog.Versions.Listed;
import dev.dsync.catalog.Versions.Scope;
import dev.dsync.source.ExcludeRules;
import dev.dsync.source.FileKind;
import dev.dsync.source.RelativePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The paths that a command's words select: a word that is the path of a file or folder selects it and everything
 * beneath; any other is a pattern with {@code *}, {@code ?}, {@code [a-z]} and {@code **}, for the whole path if it has a
 * '/', else for a name at any depth, and selects what it matches and everything beneath. No words select everything.
 */
final class Selection {

    private final Catalog catalog;
    private final StoredPaths paths;
    private final long sequence;
    private final Scope scope;

    /**
     * A selection among the paths that existed with commit {@code sequence}.
     *
     * @param scope whether deleted ones count
     */
    Selection(Catalog catalog, StoredPaths paths, long sequence, Scope scope) {
        this.catalog = catalog;
        this.paths = paths;
        this.sequence = sequence;
        this.scope = scope;
    }

    private record Pattern(String word, ExcludeRules rules) {

        boolean matches(Version version) {
            return rules.excludes(
                    version.path(), version.kind() == VersionKind.FOLDER ? FileKind.FOLDER : FileKind.FILE);
        }
    }

    /**
     * Which paths the words select.
     *
     * @throws UsageException if one of them selects nothing
     */
    Predicate<RelativePath> of(List<String> words) throws UsageException {
        if (words.isEmpty()) {
            return path -> true;
        }
        List<RelativePath> named = new ArrayList<>();
        List<Pattern> patterns = new ArrayList<>();
        for (String word : words) {
            Optional<RelativePath> path = known(word);
            if (path.isPresent()) {
                named.add(path.get());
            } else {
                patterns.add(pattern(word));
            }
        }
        requireMatches(patterns);
        return path -> named.stream().anyMatch(path::startsWith)
                || patterns.stream().anyMatch(pattern -> pattern.rules().excludes(path, FileKind.FILE));
    }

    /** The file or folder that the word is the path of; empty if it may be a pattern. */
    Optional<RelativePath> known(String word) throws UsageException {
        RelativePath path = paths.parse(word);
        if (path.isRoot()) {
            return Optional.of(path);
        }
        Optional<Version> version = catalog.versions().at(path, sequence);
        if (version.isPresent() && version.get().deleted() && scope == Scope.LIVE) {
            throw new UsageException(
                    "deleted_path",
                    path + " was deleted: add --include-deleted, or a time when it was there with --at");
        }
        return version.map(Version::path);
    }

    private Pattern pattern(String word) throws UsageException {
        if (word.chars().noneMatch(c -> "*?[".indexOf(c) >= 0)) {
            throw paths.unknown(paths.parse(word).value(), sequence);
        }
        String text = paths.parse(word).value();
        return new Pattern(word, ExcludeRules.of(List.of(text.indexOf('/') < 0 ? "**/" + text : '/' + text)));
    }

    private void requireMatches(List<Pattern> patterns) throws UsageException {
        List<Pattern> open = new ArrayList<>(patterns);
        try (Cursor<Listed> tree = catalog.versions().tree(RelativePath.ROOT, sequence, scope)) {
            while (!open.isEmpty() && tree.hasNext()) {
                Version version = tree.next().version();
                open.removeIf(pattern -> pattern.matches(version));
            }
        }
        if (!open.isEmpty()) {
            throw paths.unknown(open.get(0).word(), sequence);
        }
    }
}
