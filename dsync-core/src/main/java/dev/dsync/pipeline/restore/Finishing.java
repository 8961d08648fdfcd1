package dev.dsync.pipeline.restore;

import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.catalog.Versions.Listed;
import dev.dsync.pipeline.RestoreOptions;
import dev.dsync.pipeline.parts.FileStates;
import dev.dsync.source.RelativePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The end of a restore: links, which must not be there while files are written, and then each folder's mode and time,
 * the innermost first, since what happens in a folder changes its time.
 */
final class Finishing {

    /** Whether what is at the place of a path may be replaced. */
    interface Replacing {
        boolean mayWrite(Version version) throws IOException;
    }

    private final Landing landing;
    private final RestoreOptions options;
    private final Replacing replacing;
    private final Consumer<Version> restored;
    private final BiConsumer<RelativePath, IOException> failed;
    private final Deque<Version> open = new ArrayDeque<>();

    Finishing(
            Landing landing,
            RestoreOptions options,
            Replacing replacing,
            Consumer<Version> restored,
            BiConsumer<RelativePath, IOException> failed) {
        this.landing = landing;
        this.options = options;
        this.replacing = replacing;
        this.restored = restored;
        this.failed = failed;
    }

    void run(Cursor<Listed> tree) {
        while (tree.hasNext()) {
            Version version = tree.next().version();
            if (!options.wanted().test(version.path())) {
                continue;
            }
            closeFoldersNotAbove(version.path());
            if (version.kind() == VersionKind.FOLDER) {
                open.push(version);
            } else if (version.kind() == VersionKind.SYMLINK) {
                attempt(version, () -> link(version));
            }
        }
        closeFoldersNotAbove(null);
    }

    private void closeFoldersNotAbove(@Nullable RelativePath path) {
        while (!open.isEmpty()
                && (path == null || !path.startsWith(open.element().path()))) {
            Version folder = open.pop();
            attempt(folder, () -> FileStates.apply(landing.folder(folder.path()), folder));
        }
    }

    private void link(Version version) throws IOException {
        Path place = landing.place(version.path());
        if (isThere(place, version)) {
            restored.accept(version);
            return;
        }
        if (!replacing.mayWrite(version)) {
            return;
        }
        Files.deleteIfExists(place);
        Files.createSymbolicLink(place, target(place, version));
        FileStates.setTime(place, version);
        restored.accept(version);
    }

    /** Whether the link stands at its place already. */
    static boolean isThere(Path place, Version version) throws IOException {
        return Files.isSymbolicLink(place) && Files.readSymbolicLink(place).equals(target(place, version));
    }

    private static Path target(Path place, Version version) {
        return place.getFileSystem().getPath(version.link().orElseThrow());
    }

    private void attempt(Version version, Step step) {
        try {
            step.run();
        } catch (IOException e) {
            failed.accept(version.path(), e);
        }
    }

    private interface Step {
        void run() throws IOException;
    }
}
