package dev.dsync.source;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One folder of the synced folder as a walk found it. Every name in it is in exactly one of the lists. Immutable.
 *
 * @param path where it lies
 * @param meta what was known of it right before it was listed
 * @param files the files and symbolic links, in the order of their names
 * @param subfolders the names of the folders in it, in order; the walk comes to each of them later
 * @param excluded the names that rules leave out, folders with all they hold
 * @param skipped what is neither a file, a folder nor a symbolic link
 * @param failures what could not be read: of each such path, and of all beneath it, nothing is known
 * @param failure why the folder itself could not be listed, if so: then the lists are empty, and nothing is known of
 *     anything beneath it
 */
public record SourceFolder(
        RelativePath path,
        FileMeta meta,
        List<SourceFile> files,
        List<String> subfolders,
        Set<String> excluded,
        List<FileFailure> skipped,
        List<FileFailure> failures,
        Optional<FileFailure> failure) {

    public SourceFolder {
        files = List.copyOf(files);
        subfolders = List.copyOf(subfolders);
        excluded = Set.copyOf(excluded);
        skipped = List.copyOf(skipped);
        failures = List.copyOf(failures);
    }

    static SourceFolder failed(RelativePath path, FileMeta meta, FileFailure failure) {
        return new SourceFolder(path, meta, List.of(), List.of(), Set.of(), List.of(), List.of(), Optional.of(failure));
    }
}
