package dev.dsync.source;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Answers whether a path is left out, without listing anything: also for paths that are not there. Reads each folder's
 * rules once as long as it remembers them. Not safe for use by several threads.
 */
final class RulesLookup {

    /**
     * What is known of a folder.
     *
     * @param rules what holds in it; nothing if it is left out itself
     * @param place where it lies; nothing if there is no such folder
     */
    private record Known(Optional<FolderRules> rules, Optional<Path> place) {}

    private static final int MOST_REMEMBERED = 4096;

    private final Disk disk;
    private final Path root;
    private final FolderRules outermost;

    private final Map<RelativePath, Known> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<RelativePath, Known> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    RulesLookup(Disk disk, Path root, FolderRules outermost) {
        this.disk = disk;
        this.root = root;
        this.outermost = outermost;
    }

    /** Also true where rules cannot be read: what they say is not known, so nothing may be concluded. */
    boolean excludes(RelativePath path, FileKind kind) {
        if (path.isRoot()) {
            return false;
        }
        Optional<FolderRules> rules = known(path.parent()).rules();
        return rules.isEmpty() || rules.get().excludes(path, kind);
    }

    private Known known(RelativePath folder) {
        Known hit = remembered.get(folder);
        if (hit != null) {
            return hit;
        }
        RelativePath path = RelativePath.ROOT;
        Known known = remembered.computeIfAbsent(path, top -> enter(top, outermost, existing(root)));
        for (String name : folder.names()) {
            path = path.resolve(name);
            Known outside = known;
            known = remembered.computeIfAbsent(path, next -> below(outside, next));
        }
        return known;
    }

    private Known below(Known outside, RelativePath folder) {
        if (outside.rules().isEmpty() || outside.rules().get().excludes(folder, FileKind.FOLDER)) {
            return new Known(Optional.empty(), Optional.empty());
        }
        return enter(
                folder,
                outside.rules().get(),
                outside.place().flatMap(place -> child(place, folder.name())).flatMap(this::existing));
    }

    private Known enter(RelativePath folder, FolderRules above, Optional<Path> place) {
        if (place.isEmpty()) {
            return new Known(Optional.of(above), place);
        }
        try {
            return new Known(Optional.of(above.enter(folder, place.get(), disk, name -> true)), place);
        } catch (IOException e) {
            // Said in "excludes": nothing may be concluded.
            return new Known(Optional.empty(), place);
        }
    }

    private static Optional<Path> child(Path folder, String name) {
        try {
            return Optional.of(RelativePath.child(folder, name));
        } catch (InvalidPathException e) {
            // A name this platform cannot have is not there.
            return Optional.empty();
        }
    }

    private Optional<Path> existing(Path folder) {
        try {
            return disk.meta(folder).kind() == FileKind.FOLDER ? Optional.of(folder) : Optional.empty();
        } catch (IOException e) {
            // Gone, or out of sight: no rules of its own.
            return Optional.empty();
        }
    }
}
