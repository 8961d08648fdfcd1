package dev.dsync.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tree larger than memory should hold, on a disk that only claims to have it. */
class LargeTreeTest {

    private static final int FOLDERS = 1000;
    private static final int FILES_EACH = 1000;

    /** What the walk may keep: the names of a thousand folders, with room to spare. A file kept costs 200 bytes or more. */
    private static final long MOST_KEPT_BYTES = 16 << 20;

    @TempDir
    Path root;

    /** A thousand folders of a thousand files each. */
    private static final class ClaimingDisk implements Disk {

        private static final FileMeta FOLDER = meta(FileKind.FOLDER, 0);
        private static final FileMeta FILE = meta(FileKind.FILE, 1);

        private final Path root;

        ClaimingDisk(Path root) {
            this.root = root;
        }

        private static FileMeta meta(FileKind kind, long size) {
            return new FileMeta(kind, size, Instant.EPOCH, 0755, Optional.empty(), 1, Instant.EPOCH);
        }

        @Override
        public List<Path> list(Path folder) {
            String prefix = folder.equals(root) ? "folder" : "file";
            int count = folder.equals(root) ? FOLDERS : FILES_EACH;
            return IntStream.range(0, count)
                    .mapToObj(i -> folder.resolve(prefix + i))
                    .toList();
        }

        @Override
        public FileMeta meta(Path path) {
            return path.getFileName().toString().startsWith("file") ? FILE : FOLDER;
        }
    }

    @Test
    void walkDownAMillionFilesKeepsNoneOfThem() throws Exception {
        Path real = root.toRealPath();
        SourceWalk walk =
                new SourceTree(real, ExcludeRules.of(List.of("*.tmp")), List.of(), new ClaimingDisk(real)).walk();
        walk.next();
        long before = usedAfterCollection();
        long files = 0;
        while (walk.hasNext()) {
            files += walk.next().files().size();
        }
        long kept = usedAfterCollection() - before;
        assertThat(files).isEqualTo(1_000_000);
        assertThat(kept).as("bytes kept").isLessThan(MOST_KEPT_BYTES);
        assertThat(walk.fate(RelativePath.of("gone"), FileKind.FILE)).isEqualTo(Fate.GONE);
    }

    private static long usedAfterCollection() {
        System.gc();
        Runtime java = Runtime.getRuntime();
        return java.totalMemory() - java.freeMemory();
    }
}
