package dev.dsync.pipeline.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.catalog.Packs.ChunkPlace;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.Version;
import dev.dsync.pipeline.EditReport;
import dev.dsync.pipeline.SpoiltBackend;
import dev.dsync.pipeline.SyncReport;
import dev.dsync.source.RelativePath;
import dev.dsync.vault.Snapshot;
import dev.dsync.vault.TestVault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deleting by hand, and back. */
class RemovalTest {

    @TempDir
    private Path folder;

    private final SpoiltBackend target = new SpoiltBackend("target");
    private TestVault home;

    @BeforeEach
    void open() throws IOException {
        home = new TestVault(folder.resolve("home"), 1, target);
        write("a", "one");
        write("docs/b", "two");
        write("docs/deep/c", "three");
        Files.createSymbolicLink(home.synced().resolve("docs/link"), Path.of("b"));
    }

    @AfterEach
    void close() throws IOException {
        home.close();
    }

    private void write(String path, String content) throws IOException {
        Path file = home.synced().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static List<String> names(EditReport report) {
        return report.paths().stream().map(RelativePath::value).toList();
    }

    private boolean isHere(String path) {
        return Files.exists(home.synced().resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    private boolean isDeleted(String path) throws IOException {
        return home.vault()
                .catalog()
                .versions()
                .newest(RelativePath.of(path))
                .orElseThrow()
                .version()
                .deleted();
    }

    @Test
    void whatComesBackIsWhatWasThereLast() throws Exception {
        home.sync();
        for (String gone : List.of("docs/b", "docs/link", "docs/deep/c", "docs/deep", "docs")) {
            Files.delete(home.synced().resolve(gone));
        }
        write("docs", "a file where a folder was");
        home.sync();
        home.remove("docs");

        EditReport back = home.undelete("docs");

        assertThat(back.failed()).isEmpty();
        assertThat(names(back)).containsExactly("docs");
        assertThat(home.synced().resolve("docs")).hasContent("a file where a folder was");
    }

    @Test
    void whatIsRemovedIsGoneHereAndCanComeBack() throws Exception {
        home.sync();
        Snapshot before = Snapshot.of(home.synced());
        EditReport removed = home.remove("a", "docs");
        assertThat(removed.failed()).isEmpty();
        assertThat(names(removed)).containsExactly("a", "docs", "docs/b", "docs/deep", "docs/deep/c", "docs/link");
        assertThat(Snapshot.of(home.synced()).paths()).isEmpty();
        assertThat(home.sync().deleted()).isZero();

        EditReport back = home.undelete("a", "docs");
        assertThat(back.failed()).isEmpty();
        assertThat(names(back)).isEqualTo(names(removed));
        assertThat(Snapshot.of(home.synced())).isEqualTo(before);
        SyncReport after = home.sync();
        assertThat(after.added() + after.changed() + after.deleted()).isZero();
        assertThat(after.bytesStored()).isZero();
    }

    @Test
    void oneFileComesBackWithTheFoldersAboveIt() throws Exception {
        home.sync();
        home.remove("docs");
        EditReport back = home.undelete("docs/deep/c");
        assertThat(names(back)).containsExactly("docs", "docs/deep", "docs/deep/c");
        assertThat(isHere("docs/deep/c")).isTrue();
        assertThat(isHere("docs/b")).isFalse();
    }

    @Test
    void fileThatChangedSinceItWasStoredStays() throws Exception {
        home.sync();
        write("a", "new");
        EditReport report = home.remove("a");
        assertThat(names(report)).isEmpty();
        assertThat(report.failed()).singleElement().asString().contains("a: has changed", "sync first");
        assertThat(isHere("a")).isTrue();
        assertThat(isDeleted("a")).isFalse();
    }

    @Test
    void fileWhoseContentNoTargetHasStays() throws Exception {
        home.sync();
        Version version = home.vault()
                .catalog()
                .versions()
                .newest(RelativePath.of("a"))
                .orElseThrow()
                .version();
        for (ChunkPlace place : home.vault()
                .catalog()
                .packs()
                .locate(home.vault().catalog().versions().chunks(version).get(0))) {
            place.pack().copies().stream().map(StoredCopy::address).forEach(target::lose);
        }
        EditReport report = home.remove("a");
        assertThat(names(report)).isEmpty();
        assertThat(report.failed()).singleElement().asString().contains("cannot be found on any target");
        assertThat(isHere("a")).isTrue();
        assertThat(isDeleted("a")).isFalse();
    }

    @Test
    void folderInWhichSomethingStaysStaysToo() throws Exception {
        home.sync();
        write("docs/unsynced", "new");
        EditReport report = home.remove("docs");
        assertThat(names(report)).containsExactly("docs/b", "docs/deep", "docs/deep/c", "docs/link");
        assertThat(isHere("docs/unsynced")).isTrue();
        assertThat(isDeleted("docs")).isFalse();
    }

    @Test
    void nothingThatIsThereIsReplacedByWhatComesBack() throws Exception {
        home.sync();
        home.remove("a");
        write("a", "mine");
        EditReport report = home.undelete("a");
        assertThat(names(report)).isEmpty();
        assertThat(report.failed()).singleElement().asString().contains("something is there already");
        assertThat(Files.readString(home.synced().resolve("a"))).isEqualTo("mine");
    }

    @Test
    void contentIsFoundByTheNextMachineAfterRemovalAndUndeletion() throws Exception {
        home.sync();
        home.remove("docs");
        home.undelete("docs/b");
        Path to = folder.resolve("restored");
        try (TestVault other = home.twin(folder.resolve("other"), target)) {
            assertThat(other.restore(to).failed()).isEmpty();
        }
        assertThat(Snapshot.of(to)).isEqualTo(Snapshot.of(home.synced()));
    }

    @Test
    void whatNoCommitCarriedYetComesBackToo() throws Exception {
        home.sync();
        Version a = home.vault()
                .catalog()
                .versions()
                .newest(RelativePath.of("a"))
                .orElseThrow()
                .version();
        Version early = new Version(
                RelativePath.of("early"),
                a.kind(),
                a.size(),
                a.modified(),
                a.mode(),
                a.sha256(),
                a.link(),
                Version.UNCOMMITTED,
                a.writer());
        // As a sync leaves it that was ended by force.
        home.vault()
                .catalog()
                .versions()
                .record(early, home.vault().catalog().versions().chunks(a), OptionalLong.empty());
        write("early", "one");
        assertThat(names(home.remove("early"))).containsExactly("early");
        assertThat(names(home.undelete("early"))).containsExactly("early");
        assertThat(home.synced().resolve("early")).hasContent("one");
    }

    @Test
    void copiesAndRenamesCostNoUpload() throws Exception {
        byte[] content = new byte[3_000_000];
        new Random(1).nextBytes(content);
        Files.write(home.synced().resolve("big"), content);
        home.sync();
        Files.copy(home.synced().resolve("big"), home.synced().resolve("copy"));
        Files.move(home.synced().resolve("big"), home.synced().resolve("renamed"));
        SyncReport report = home.sync();
        assertThat(report.added()).isEqualTo(2);
        assertThat(report.deleted()).isEqualTo(1);
        assertThat(report.bytesStored()).isLessThan(10_000);
        Files.delete(home.synced().resolve("copy"));
        home.sync();
        Files.copy(home.synced().resolve("renamed"), home.synced().resolve("copy"));
        assertThat(home.sync().bytesStored()).isLessThan(10_000);
        assertThat(home.vault().catalog().versions().history(RelativePath.of("copy")))
                .extracting(Version::deleted)
                .containsExactly(false, true, false);
    }
}
