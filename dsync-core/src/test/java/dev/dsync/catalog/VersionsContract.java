package dev.dsync.catalog;

import static dev.dsync.catalog.CatalogSamples.OTHER_WRITER;
import static dev.dsync.catalog.CatalogSamples.TARGET;
import static dev.dsync.catalog.CatalogSamples.UNSEEN;
import static dev.dsync.catalog.CatalogSamples.all;
import static dev.dsync.catalog.CatalogSamples.by;
import static dev.dsync.catalog.CatalogSamples.chunks;
import static dev.dsync.catalog.CatalogSamples.classicPart;
import static dev.dsync.catalog.CatalogSamples.copies;
import static dev.dsync.catalog.CatalogSamples.dataPack;
import static dev.dsync.catalog.CatalogSamples.deleted;
import static dev.dsync.catalog.CatalogSamples.file;
import static dev.dsync.catalog.CatalogSamples.folder;
import static dev.dsync.catalog.CatalogSamples.link;
import static dev.dsync.catalog.CatalogSamples.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dsync.catalog.CatalogRecord.PathVersion;
import dev.dsync.catalog.Versions.Known;
import dev.dsync.catalog.Versions.Listed;
import dev.dsync.catalog.Versions.Scope;
import dev.dsync.catalog.Versions.Totals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link Versions} promise. Part of {@link CatalogContract}. */
abstract class VersionsContract {

    private Versions versions;

    abstract Catalog catalog();

    @BeforeEach
    void recordChunks() {
        versions = catalog().versions();
        catalog().packs().record(dataPack(1, 10, 11, 12), copies(TARGET));
    }

    private void record(Version version) {
        versions.record(version, version.kind() == VersionKind.FILE ? chunks(10) : ChunkList.EMPTY, UNSEEN);
    }

    private void commit(long sequence, Version... recorded) {
        Stream.of(recorded).forEach(this::record);
        catalog().commits().assign(sequence);
    }

    private List<String> listed(String from, long sequence, Scope scope) {
        return all(versions.tree(path(from), sequence, scope)).stream()
                .map(entry -> entry.version().path() + " " + entry.number() + "/" + entry.versions())
                .toList();
    }

    @Test
    void classicVersionKeepsItsLayoutAndParts() {
        catalog().packs().record(classicPart(2, 20, 100), copies(TARGET));
        Version imported = file("a", 1).as(ContentLayout.classic(true, false).asImported());
        Version folder = CatalogSamples.folder("b").as(ContentLayout.classic(false, false));
        catalog().versions().record(imported, chunks(20), UNSEEN);
        catalog().versions().record(folder, chunks(20), UNSEEN);
        catalog().commits().assign(1);
        catalog().versions().record(file("a", 2), ChunkList.EMPTY, UNSEEN);
        assertThat(catalog().versions().history(path("a"))).containsExactly(imported.at(1), file("a", 2));
        assertThat(catalog().versions().chunks(imported.at(1))).isEqualTo(chunks(20));
        assertThat(catalog().versions().chunks(folder.at(1))).isEqualTo(chunks(20));
        assertThat(all(catalog().commits().records(0, 1)))
                .contains(
                        new CatalogRecord.PathVersion(imported.at(1), chunks(20)),
                        new CatalogRecord.PathVersion(folder.at(1), chunks(20)));
    }

    @Test
    void oldestVersionThatIsKeptIsKnown() {
        assertThat(versions.oldest()).isEmpty();
        record(file("new", 1));
        assertThat(versions.oldest()).isEmpty();
        commit(3, file("d/x", 1));
        commit(5, file("d/x", 2), file("a", 1));
        commit(7, deleted("a"));
        assertThat(versions.oldest()).hasValue(3);
        assertThat(versions.reachBackTo(3)).isTrue();
        assertThat(versions.reachBackTo(2)).isFalse();
        versions.remove(versions.history(path("d/x")).get(0));
        versions.remove(versions.history(path("new")).get(0));
        assertThat(versions.oldest()).hasValue(5);
        assertThat(versions.reachBackTo(4)).isFalse();
        assertThat(versions.reachBackTo(5)).isTrue();
    }

    @Test
    void everyKindComesBackAsItWas() {
        Version empty = new Version(
                path("empty"),
                VersionKind.FILE,
                0,
                Instant.parse("-2000-01-01T00:00:00.999999999Z"),
                07777,
                file("x", 1).sha256(),
                Optional.empty(),
                Version.UNCOMMITTED,
                OTHER_WRITER);
        List<Version> all = List.of(
                deleted("d"), empty, file("f", Integer.MAX_VALUE * 1000L), folder("g"), link("l", "../ö \uD83D\uDE00"));
        all.forEach(this::record);
        assertThat(all)
                .allSatisfy(
                        version -> assertThat(versions.newest(version.path())).contains(new Known(version, UNSEEN)));
    }

    @Test
    void childrenAreTheNewestVersionsOfOneFolderByName() {
        Stream.of(file("a", 1), folder("b"), file("b/x", 2), file("b.c", 3), file("ab", 4), file("\uFFFD", 5))
                .forEach(this::record);
        record(file("\uD83D\uDE00", 6));
        commit(1, deleted("ab"));
        versions.record(file("a", 7), chunks(11), OptionalLong.of(Long.MIN_VALUE));
        assertThat(versions.children(path("")).keySet())
                .containsExactly("a", "ab", "b", "b.c", "\uFFFD", "\uD83D\uDE00");
        assertThat(versions.children(path("")).get("a"))
                .isEqualTo(new Known(file("a", 7), OptionalLong.of(Long.MIN_VALUE)));
        assertThat(versions.children(path("")).get("ab").version().deleted()).isTrue();
        assertThat(versions.children(path("b")).keySet()).containsExactly("x");
        assertThat(versions.children(path("a"))).isEmpty();
        assertThat(versions.children(path("no/such/folder"))).isEmpty();
    }

    @Test
    void namesWithEqualHashesAreDifferentPaths() {
        record(file("Aa", 1));
        record(file("BB", 2));
        assertThat(versions.newest(path("Aa")).orElseThrow().version()).isEqualTo(file("Aa", 1));
        assertThat(versions.newest(path("BB")).orElseThrow().version()).isEqualTo(file("BB", 2));
        assertThat(versions.newest(path("AaBB"))).isEmpty();
    }

    @Test
    void pathsMayBeAsDeepAsFileSystemsAllow() {
        String deep = "d/".repeat(2000) + "file";
        record(file(deep, 1));
        assertThat(versions.newest(path(deep))).contains(new Known(file(deep, 1), UNSEEN));
        assertThat(all(versions.liveBelow(path("d/d/d")))).containsExactly(new Known(file(deep, 1), UNSEEN));
    }

    @Test
    void theSyncedFolderItselfHasVersions() {
        record(folder(""));
        record(file("a", 1));
        assertThat(versions.newest(path(""))).isPresent();
        assertThat(versions.children(path("")).keySet()).containsExactly("a");
        assertThat(listed("", 1, Scope.LIVE)).isEmpty();
        commit(1);
        assertThat(listed("", 1, Scope.LIVE)).containsExactly(" 1/1", "a 1/1");
    }

    @Test
    void uncommittedVersionReplacesAnUncommittedOne() {
        commit(1, file("a", 1));
        record(file("a", 2));
        record(file("a", 3));
        assertThat(versions.history(path("a"))).containsExactly(file("a", 1).at(1), file("a", 3));
    }

    @Test
    void versionIsRefusedWhoseChunkLiesInNoPack() {
        assertThatThrownBy(() -> versions.record(file("a", 1), chunks(10, 99), UNSEEN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> versions.record(file("a", 1).at(3), chunks(10), UNSEEN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(versions.newest(path("a"))).isEmpty();
    }

    @Test
    void chunksComeBackInFileOrderForEveryVersion() {
        versions.record(file("a", 1), chunks(12, 10, 10, 11), UNSEEN);
        catalog().commits().assign(1);
        versions.record(file("a", 2), chunks(11), UNSEEN);
        catalog().commits().assign(2);
        versions.record(file("a", 3), ChunkList.EMPTY, UNSEEN);
        assertThat(versions.chunks(file("a", 1).at(1))).isEqualTo(chunks(12, 10, 10, 11));
        assertThat(versions.chunks(file("a", 2).at(2))).isEqualTo(chunks(11));
        assertThat(versions.chunks(file("a", 3))).isEmpty();
        assertThatThrownBy(() -> versions.chunks(file("a", 1).at(7))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> versions.chunks(file("b", 1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void stampIsWhatThisHomeLastSaw() {
        versions.record(file("a", 1), chunks(10), OptionalLong.of(5));
        catalog().commits().assign(1);
        versions.saw(path("a"), OptionalLong.of(6));
        assertThat(versions.newest(path("a")).orElseThrow().stamp()).hasValue(6);
        assertThat(catalog().commits().hasUncommitted()).isFalse();
        versions.saw(path("a"), UNSEEN);
        assertThat(versions.newest(path("a")).orElseThrow().stamp()).isEmpty();
        versions.saw(path("never/heard/of"), OptionalLong.of(1));
        assertThat(versions.newest(path("never/heard/of"))).isEmpty();
    }

    @Test
    void versionOfAnotherHomeLeavesTheStampAlone() {
        versions.record(file("a", 1), chunks(10), OptionalLong.of(5));
        catalog().commits().assign(1);
        Version theirs = by(OTHER_WRITER, file("a", 2)).at(2);
        catalog().commits().apply(new PathVersion(theirs, chunks(11)));
        assertThat(versions.newest(path("a"))).contains(new Known(theirs, OptionalLong.of(5)));
        versions.record(deleted("a"), ChunkList.EMPTY, UNSEEN);
        assertThat(versions.newest(path("a"))).contains(new Known(deleted("a"), UNSEEN));
    }

    @Test
    void liveBelowLeavesOutTheDeletedAndKeepsTreeOrder() {
        List<String> paths = new ArrayList<>(List.of("a", "a/b", "a/b/c", "a/b.c", "a b", "b", "c/only/below", "ä"));
        Collections.shuffle(paths, new Random(1));
        paths.forEach(path -> record(file(path, 1)));
        commit(1, deleted("b"), deleted("a/b"));
        assertThat(all(versions.liveBelow(path(""))).stream()
                        .map(known -> known.version().path().value()))
                .containsExactly("a", "a/b/c", "a/b.c", "a b", "c/only/below", "ä");
        assertThat(all(versions.liveBelow(path("a/b"))).stream()
                        .map(known -> known.version().path().value()))
                .containsExactly("a/b/c");
        assertThat(all(versions.liveBelow(path("nowhere")))).isEmpty();
    }

    @Test
    void catalogMayChangeWhileACursorIsOpen() {
        for (int i = 0; i < 100; i++) {
            record(file("folder" + i % 7 + "/" + i, i));
        }
        List<String> seen = new ArrayList<>();
        try (Cursor<Known> live = versions.liveBelow(path(""))) {
            while (live.hasNext()) {
                String path = live.next().version().path().value();
                seen.add(path);
                record(deleted(path));
                catalog().flush();
            }
        }
        assertThat(seen).hasSize(100).doesNotHaveDuplicates();
        assertThat(versions.totals()).isEqualTo(new Totals(0, 0, 0));
    }

    @Test
    void treeIsShownAsItWasWithEachCommit() {
        commit(2, file("a", 1), file("d/x", 2));
        commit(4, file("a", 3), deleted("d/x"));
        commit(6, file("d/x", 4));
        record(deleted("a"));
        assertThat(listed("", 1, Scope.LIVE)).isEmpty();
        assertThat(listed("", 3, Scope.LIVE)).containsExactly("a 1/3", "d/x 1/3");
        assertThat(listed("", 4, Scope.LIVE)).containsExactly("a 2/3");
        assertThat(listed("", 6, Scope.LIVE)).containsExactly("a 2/3", "d/x 3/3");
        assertThat(listed("", Version.UNCOMMITTED, Scope.LIVE)).containsExactly("d/x 3/3");
        assertThat(listed("d", Version.UNCOMMITTED, Scope.LIVE)).containsExactly("d/x 3/3");
        assertThat(listed("d/x", 3, Scope.LIVE)).containsExactly("d/x 1/3");
    }

    private List<String> inFolder(String folder, long sequence, Scope scope) {
        return versions.folder(path(folder), sequence, scope).stream()
                .map(entry -> entry.version().path() + " " + entry.number() + "/" + entry.versions())
                .toList();
    }

    @Test
    void folderShowsWhatWasDirectlyInItThenAndNothingBeneath() {
        commit(1, folder("d"), file("d/x", 1), file("d/sub/deep", 1), file("e", 1));
        commit(2, file("d/x", 2), file("d/y", 1));
        commit(3, deleted("d/x"));
        assertThat(inFolder("", 3, Scope.LIVE)).containsExactly("d 1/1", "e 1/1");
        assertThat(inFolder("d", 1, Scope.LIVE)).containsExactly("d/x 1/3");
        assertThat(inFolder("d", 2, Scope.LIVE)).containsExactly("d/x 2/3", "d/y 1/1");
        assertThat(inFolder("d", Version.UNCOMMITTED, Scope.LIVE)).containsExactly("d/y 1/1");
        assertThat(inFolder("d", Version.UNCOMMITTED, Scope.WITH_DELETED)).containsExactly("d/x 2/3", "d/y 1/1");
        assertThat(inFolder("nowhere", 3, Scope.WITH_DELETED)).isEmpty();
    }

    @Test
    void deletedPathsAreListedWithTheVersionBefore() {
        commit(1, file("a", 1), file("gone", 2));
        commit(2, deleted("gone"), deleted("never"));
        commit(3, deleted("gone"));
        assertThat(listed("", 3, Scope.WITH_DELETED)).containsExactly("a 1/1", "gone 1/3");
        List<Listed> all = all(versions.tree(path("gone"), Version.UNCOMMITTED, Scope.WITH_DELETED));
        assertThat(all).containsExactly(new Listed(file("gone", 2).at(1), 1, 3));
    }

    @Test
    void versionThatHeldWithACommitIsFoundADeletionIncluded() {
        commit(2, file("a", 1));
        commit(4, deleted("a"));
        record(file("a", 2));
        assertThat(versions.at(path("a"), 1)).isEmpty();
        assertThat(versions.at(path("a"), 2)).contains(file("a", 1).at(2));
        assertThat(versions.at(path("a"), 3)).contains(file("a", 1).at(2));
        assertThat(versions.at(path("a"), 4)).contains(deleted("a").at(4));
        assertThat(versions.at(path("a"), Version.UNCOMMITTED)).contains(file("a", 2));
        assertThat(versions.at(path("b"), 9)).isEmpty();
    }

    @Test
    void historyOrdersRacingWritersByTheirIds() {
        Version ours = file("a", 1).at(5);
        Version theirs = by(OTHER_WRITER, file("a", 2)).at(5);
        Version late = by(OTHER_WRITER, file("a", 3)).at(4);
        Stream.of(theirs, ours, late)
                .forEach(version -> catalog().commits().apply(new PathVersion(version, chunks(10))));
        assertThat(versions.history(path("a"))).containsExactly(late, ours, theirs);
        assertThat(versions.newest(path("a")).orElseThrow().version()).isEqualTo(theirs);
        assertThat(versions.at(path("a"), 5)).contains(theirs);
        assertThat(versions.at(path("a"), 4)).contains(late);
        assertThat(versions.chunks(ours)).isEqualTo(chunks(10));
    }

    @Test
    void removedVersionGivesItsPlaceToTheOneBefore() {
        commit(1, file("a", 1));
        commit(2, file("a", 2));
        commit(3, file("a", 3));
        versions.remove(file("a", 2).at(2));
        assertThat(versions.history(path("a")))
                .containsExactly(file("a", 1).at(1), file("a", 3).at(3));
        versions.remove(file("a", 3).at(3));
        assertThat(versions.newest(path("a")).orElseThrow().version())
                .isEqualTo(file("a", 1).at(1));
        versions.remove(file("a", 1).at(1));
        assertThat(versions.newest(path("a"))).isEmpty();
        assertThat(versions.children(path(""))).isEmpty();
        assertThat(listed("", Version.UNCOMMITTED, Scope.WITH_DELETED)).isEmpty();
        record(file("a", 4));
        assertThat(versions.history(path("a"))).containsExactly(file("a", 4));
    }

    @Test
    void removingAnUncommittedVersionLeavesNothingToCommit() {
        catalog().commits().assign(1);
        record(file("a", 1));
        versions.remove(file("a", 1));
        versions.remove(file("b", 1).at(1));
        assertThat(versions.newest(path("a"))).isEmpty();
        assertThat(catalog().commits().hasUncommitted()).isFalse();
    }

    @Test
    void totalsCountFilesThatExistAndFilesThatDid() {
        commit(1, file("a", 1), file("b", 2), file("c", 3), folder("f"), link("l", "a"));
        commit(2, deleted("b"), deleted("f"), deleted("nothing"), file("c", 4));
        record(deleted("b"));
        assertThat(versions.totals()).isEqualTo(new Totals(2, 1, 1001 + 1004));
    }
}
