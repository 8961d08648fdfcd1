package dev.dsync.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the operating system's own events: a change is heard of long before the time is up. */
class FolderWatchTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(1);

    @TempDir
    Path temp;

    private final List<String> notices = new ArrayList<>();
    private Path root;
    private FolderWatch watch;

    @BeforeEach
    void start() throws IOException {
        root = Files.createDirectories(temp.resolve("root/sub")).getParent();
        watch = FolderWatch.of(root, notices::add);
    }

    @AfterEach
    void end() throws IOException {
        watch.close();
    }

    /** A look at the tree; all it lists, and all that it caused, is known afterwards. */
    private void look(String... folders) throws InterruptedException {
        for (String folder : folders) {
            watch.listed(RelativePath.of(folder));
        }
        watch.looked(true);
        drain();
    }

    private void drain() throws InterruptedException {
        boolean more = true;
        while (more) {
            more = watch.await(SHORT);
        }
    }

    @Test
    void newChangedAndDeletedFilesAreHeardOf() throws Exception {
        look("", "sub");
        Path file = Files.writeString(root.resolve("sub/a"), "one");
        assertThat(watch.await(LONG)).isTrue();
        drain();
        Files.writeString(file, "two");
        assertThat(watch.await(LONG)).isTrue();
        drain();
        Files.delete(file);
        assertThat(watch.await(LONG)).isTrue();
    }

    @Test
    void quietTreeLetsTheTimePass() throws Exception {
        look("", "sub");
        assertThat(watch.await(SHORT)).isFalse();
    }

    @Test
    void folderThatNoLookListsWakesNobody() throws Exception {
        look("");
        Files.writeString(root.resolve("sub/excluded"), "x");
        assertThat(watch.await(Duration.ofMillis(200))).isFalse();
    }

    @Test
    void newFolderAsksForAnotherLookBecauseItWasListedUnwatched() throws Exception {
        look("");
        Files.createDirectory(root.resolve("new"));
        assertThat(watch.await(LONG)).isTrue();
        drain();
        watch.listed(RelativePath.ROOT);
        watch.listed(RelativePath.of("new"));
        watch.looked(true);
        assertThat(watch.await(SHORT)).isTrue();
        drain();
        Files.writeString(root.resolve("new/inside"), "x");
        assertThat(watch.await(LONG)).isTrue();
    }

    @Test
    void folderMovedAwayIsWatchedNoMoreAndOneMovedInIs() throws Exception {
        look("", "sub");
        Path outside = temp.resolve("outside");
        Files.move(root.resolve("sub"), outside, StandardCopyOption.ATOMIC_MOVE);
        assertThat(watch.await(LONG)).isTrue();
        look("");
        Files.writeString(outside.resolve("a"), "elsewhere");
        assertThat(watch.await(Duration.ofMillis(200))).isFalse();
        Files.move(outside, root.resolve("sub"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(watch.await(LONG)).isTrue();
        look("", "sub");
        Files.writeString(root.resolve("sub/a"), "here again");
        assertThat(watch.await(LONG)).isTrue();
    }

    @Test
    void moreEventsThanTheSystemKeepsAreOneReasonToLook() throws Exception {
        look("", "sub");
        for (int i = 0; i < 3000; i++) {
            Files.createFile(root.resolve("sub/" + i));
        }
        assertThat(watch.await(LONG)).isTrue();
        drain();
        Files.createFile(root.resolve("sub/last"));
        assertThat(watch.await(LONG)).isTrue();
    }

    @Test
    void watchSurvivesThatTheWholeTreeGoesAndComesBack() throws Exception {
        look("", "sub");
        Files.delete(root.resolve("sub"));
        Files.delete(root);
        assertThat(watch.await(LONG)).isTrue();
        drain();
        Files.createDirectories(root);
        look("");
        Files.writeString(root.resolve("a"), "x");
        assertThat(watch.await(LONG)).isTrue();
    }

    @Test
    void whatCannotBeWatchedIsToldOnce() throws Exception {
        look("", "missing", "missing/too");
        assertThat(notices).singleElement().asString().contains("missing", "by looking every so often");
    }
}
