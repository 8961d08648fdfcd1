package dev.dsync.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that one walk delivered. */
record Walked(SourceWalk walk, Map<String, SourceFolder> folders) {

    static Walked through(SourceTree tree) throws SourceException {
        SourceWalk walk = tree.walk();
        Map<String, SourceFolder> folders = new LinkedHashMap<>();
        walk.forEachRemaining(folder -> folders.put(folder.path().value(), folder));
        return new Walked(walk, folders);
    }

    static Walked through(Path root, String... rules) throws SourceException {
        return through(new SourceTree(root, ExcludeRules.of(List.of(rules)), List.of()));
    }

    SourceFolder folder(String path) {
        SourceFolder folder = folders.get(path);
        if (folder == null) {
            throw new AssertionError("no folder \"" + path + "\" among " + folders.keySet());
        }
        return folder;
    }

    SourceFile file(String path) {
        return files().stream()
                .filter(file -> file.path().value().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no file \"" + path + "\" among " + paths()));
    }

    List<SourceFile> files() {
        List<SourceFile> files = new ArrayList<>();
        folders.values().forEach(folder -> files.addAll(folder.files()));
        return files;
    }

    /** The files, in the order delivered. */
    List<String> paths() {
        return files().stream().map(file -> file.path().value()).toList();
    }

    List<FileFailure> failures() {
        List<FileFailure> failures = new ArrayList<>();
        for (SourceFolder folder : folders.values()) {
            failures.addAll(folder.failures());
            folder.failure().ifPresent(failures::add);
        }
        return failures;
    }

    Fate fate(String path) {
        return walk.fate(RelativePath.of(path), FileKind.FILE);
    }
}
