package dev.dsync.catalog;

import static dev.dsync.catalog.CatalogSamples.OTHER_WRITER;
import static dev.dsync.catalog.CatalogSamples.TARGET;
import static dev.dsync.catalog.CatalogSamples.UNSEEN;
import static dev.dsync.catalog.CatalogSamples.all;
import static dev.dsync.catalog.CatalogSamples.by;
import static dev.dsync.catalog.CatalogSamples.chunks;
import static dev.dsync.catalog.CatalogSamples.commit;
import static dev.dsync.catalog.CatalogSamples.copies;
import static dev.dsync.catalog.CatalogSamples.dataPack;
import static dev.dsync.catalog.CatalogSamples.deleted;
import static dev.dsync.catalog.CatalogSamples.file;
import static dev.dsync.catalog.CatalogSamples.pack;
import static dev.dsync.catalog.CatalogSamples.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.catalog.CatalogRecord.CommitMade;
import dev.dsync.catalog.CatalogRecord.PackContents;
import dev.dsync.catalog.CatalogRecord.PackCopies;
import dev.dsync.catalog.CatalogRecord.PackRemoved;
import dev.dsync.catalog.CatalogRecord.PathVersion;
import dev.dsync.catalog.CatalogRecord.TargetState;
import dev.dsync.catalog.CatalogRecord.VersionRemoved;
import dev.dsync.catalog.CatalogRecord.WriterSeen;
import dev.dsync.catalog.KnownTarget.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link CommitLog#records} promises of ranges and their order. Part of {@link CatalogContract}. */
abstract class RecordsContract {

    abstract Catalog catalog();

    private List<CatalogRecord> records(long from, long to) {
        return all(catalog().commits().records(from, to));
    }

    @Test
    void recordsAreSortedByKindThenKey() {
        List<CatalogRecord> sorted = new ArrayList<>(List.of(
                new WriterSeen(CatalogSamples.WRITER, "h", "f", 2),
                new WriterSeen(OTHER_WRITER, "h", "f", 2),
                new TargetState(CatalogSamples.OTHER_TARGET, State.RETIRED, 2),
                new TargetState(TARGET, State.ACTIVE, 2)));
        List<Long> packs = new ArrayList<>(List.of(1L, 2L, 3L, 4L));
        packs.sort(Comparator.comparing(CatalogSamples::pack));
        packs.forEach(seed -> sorted.add(new PackContents(dataPack(seed, seed), 2)));
        packs.forEach(seed -> sorted.add(new PackCopies(pack(seed), copies(TARGET), 2)));
        for (String path : List.of("a", "a/b", "a/b/c", "a/b.c", "a b", "b")) {
            sorted.add(new PathVersion(file(path, 1).at(2), chunks(1)));
            sorted.add(new PathVersion(by(OTHER_WRITER, file(path, 2)).at(2), chunks(1)));
            sorted.add(new PathVersion(file(path, 3).at(3), chunks(1)));
        }
        packs.sort(Comparator.comparing(seed -> pack(seed + 10)));
        packs.forEach(seed -> sorted.add(new PackRemoved(pack(seed + 10), 2)));
        sorted.add(new VersionRemoved(path("a"), 1, CatalogSamples.WRITER, 2));
        sorted.add(new VersionRemoved(path("a/b"), 1, CatalogSamples.WRITER, 2));
        sorted.add(new VersionRemoved(path("a b"), 1, CatalogSamples.WRITER, 2));
        List<CatalogRecord> shuffled = new ArrayList<>(sorted);
        Collections.shuffle(shuffled, new Random(7));
        shuffled.forEach(catalog().commits()::apply);
        assertThat(records(1, 3)).isEqualTo(sorted);
        catalog().flush();
        assertThat(records(1, 3)).isEqualTo(sorted);
    }

    @Test
    void commitsComeFirst() {
        catalog().commits().remember(commit(1, OTHER_WRITER), copies(TARGET));
        catalog().commits().apply(new WriterSeen(OTHER_WRITER, "h", "f", 2));
        assertThat(records(1, 2).get(0)).isEqualTo(new CommitMade(commit(1, OTHER_WRITER), copies(TARGET), 2));
    }

    /** Enough versions that an index of the newest cannot hold them all, in many commits, with flushes between. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyRangeHoldsExactlyWhatItsCommitsCarried(long seed) {
        Random random = new Random(seed);
        catalog().packs().record(dataPack(1, 10), copies(TARGET));
        catalog().commits().assign(1);
        Map<Long, Map<String, Version>> commits = new TreeMap<>();
        for (long sequence = 2; sequence < 40; sequence++) {
            Map<String, Version> recorded = new TreeMap<>();
            int count = random.nextInt(10) == 0 ? 800 : random.nextInt(20);
            for (int i = 0; i < count; i++) {
                String path = "folder" + random.nextInt(30) + "/file" + random.nextInt(50);
                recorded.put(path, random.nextInt(5) == 0 ? deleted(path) : file(path, random.nextInt(1000)));
            }
            recorded.values().forEach(this::record);
            catalog().commits().assign(sequence);
            catalog().flush();
            commits.put(sequence, recorded);
        }
        for (long from = 0; from < 40; from++) {
            long to = from + 1 + random.nextInt(40);
            assertThat(versions(from, to))
                    .as("seed %d, %d to %d", seed, from, to)
                    .isEqualTo(expected(commits, from, to));
        }
    }

    private void record(Version version) {
        catalog().versions().record(version, version.deleted() ? ChunkList.EMPTY : chunks(10), UNSEEN);
    }

    private List<Version> versions(long from, long to) {
        return records(from, to).stream()
                .filter(PathVersion.class::isInstance)
                .map(record -> ((PathVersion) record).version())
                .toList();
    }

    private static List<Version> expected(Map<Long, Map<String, Version>> commits, long from, long to) {
        List<Version> expected = new ArrayList<>();
        commits.forEach((sequence, recorded) -> {
            if (sequence > from && sequence <= to) {
                recorded.values().forEach(version -> expected.add(version.at(sequence)));
            }
        });
        expected.sort(Comparator.comparing(Version::path).thenComparingLong(Version::sequence));
        return expected;
    }
}
