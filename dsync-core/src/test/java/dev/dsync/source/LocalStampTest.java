package dev.dsync.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LocalStampTest {

    private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000, 123_456_789);
    private static final FileMeta FILE = file(10, TIME, 0644, 7, TIME);

    @Test
    void everyFieldCounts() {
        List<FileMeta> others = List.of(
                file(11, TIME, 0644, 7, TIME),
                file(10, TIME.plusNanos(1), 0644, 7, TIME),
                file(10, TIME.plusSeconds(1), 0644, 7, TIME),
                file(10, TIME, 0645, 7, TIME),
                file(10, TIME, 0644, 8, TIME),
                file(10, TIME, 0644, 7, TIME.plusNanos(1)),
                file(10, TIME.plusNanos(1), 0644, 7, TIME.plusNanos(1)),
                file(7, TIME, 0644, 10, TIME),
                new FileMeta(FileKind.FOLDER, 0, TIME, 0644, Optional.empty(), 7, TIME),
                new FileMeta(FileKind.SYMLINK, 0, TIME, 0644, Optional.of("a"), 7, TIME),
                new FileMeta(FileKind.SYMLINK, 0, TIME, 0644, Optional.of("b"), 7, TIME),
                FILE);
        Set<LocalStamp> stamps = new HashSet<>();
        others.forEach(meta -> stamps.add(meta.stamp()));
        assertThat(stamps).hasSize(others.size());
    }

    @Test
    void staysTheSameForever() {
        assertThat(FILE.stamp()).isEqualTo(file(10, TIME, 0644, 7, TIME).stamp());
        assertThat(FILE.stamp().value()).isEqualTo(4_500_218_173_161_715_422L);
    }

    @Test
    void zeroMeansThatThereIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LocalStamp(0));
    }

    @Test
    void nearbyFilesDoNotCollide() {
        Set<LocalStamp> stamps = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            stamps.add(file(i % 10, TIME.plusNanos(i / 10 % 100), 0644, i / 1000, TIME)
                    .stamp());
        }
        assertThat(stamps).hasSize(100_000);
    }

    @Test
    void aFileJustWrittenIsNotSettled() {
        assertThat(FILE.settledAt(TIME)).isFalse();
        assertThat(FILE.settledAt(TIME.plusMillis(50))).isFalse();
        assertThat(FILE.settledAt(TIME.plusMillis(51))).isTrue();
    }

    @Test
    void whereTimesAreWholeSecondsSettlingTakesLonger() {
        Instant whole = Instant.ofEpochSecond(1_700_000_000);
        FileMeta coarse = file(10, whole, 0644, 7, whole);
        assertThat(coarse.settledAt(whole.plusSeconds(2))).isFalse();
        assertThat(coarse.settledAt(whole.plusSeconds(3))).isTrue();
    }

    @Test
    void nonsenseIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> file(-1, TIME, 0644, 7, TIME));
        assertThatIllegalArgumentException().isThrownBy(() -> file(1, TIME, 010000, 7, TIME));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FileMeta(FileKind.FILE, 0, TIME, 0, Optional.of("a"), 7, TIME));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FileMeta(FileKind.SYMLINK, 0, TIME, 0, Optional.empty(), 7, TIME));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FileMeta(FileKind.FOLDER, 1, TIME, 0, Optional.empty(), 7, TIME));
    }

    private static FileMeta file(long size, Instant modified, int mode, long fileKey, Instant changed) {
        return new FileMeta(FileKind.FILE, size, modified, mode, Optional.empty(), fileKey, changed);
    }
}
