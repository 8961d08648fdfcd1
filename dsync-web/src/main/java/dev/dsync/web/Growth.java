package dev.dsync.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dsync.catalog.CatalogRecord;
import dev.dsync.catalog.CommitInfo;
import dev.dsync.catalog.CommitLog;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.pack.PackId;
import dev.dsync.pack.Suite;
import dev.dsync.source.RelativePath;
import dev.dsync.vault.Vault;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/growth}: how much the vault held with each commit, in at most {@value #MOST_POINTS} points. Worked out
 * from all records in one go, and kept until the next commit.
 */
final class Growth {

    private static final int MOST_POINTS = 300;

    private final VaultDoor door;
    private @Nullable Known known;

    private record Known(long sequence, ObjectNode answer) {}

    /** What one commit added; less than nothing where it took away. */
    private static final class Step {
        private long files;
        private long logical;
        private long stored;
    }

    Growth(VaultDoor door) {
        this.door = door;
    }

    void send(Context context) throws IOException {
        Json.answer(context, door.read(this::told).orElseGet(Growth::nothing));
    }

    private static ObjectNode nothing() {
        ObjectNode answer = Json.object().put("version_bytes", 0).put("plain_pack_bytes", 0);
        answer.putArray("points");
        return answer;
    }

    private synchronized ObjectNode told(Vault vault) {
        CommitLog commits = vault.catalog().commits();
        long newest = commits.head().map(head -> head.info().sequence()).orElse(0L);
        Known before = known;
        if (before == null || before.sequence() != newest) {
            before = new Known(newest, compute(commits, newest));
            known = before;
        }
        return before.answer();
    }

    private static ObjectNode compute(CommitLog commits, long newest) {
        NavigableMap<Long, Step> steps = new TreeMap<>();
        Tally tally = new Tally(steps);
        tally.count(commits, newest);
        Map<Long, Instant> times = new HashMap<>();
        for (CommitInfo commit : commits.history()) {
            times.put(commit.sequence(), commit.time());
        }
        List<ObjectNode> points = new ArrayList<>();
        Step sum = new Step();
        steps.forEach((sequence, step) -> {
            sum.files += step.files;
            sum.logical += step.logical;
            sum.stored += step.stored;
            Instant time = times.get(sequence);
            if (time != null) {
                points.add(Json.object()
                        .put("time", time.toString())
                        .put("files", sum.files)
                        .put("logical_bytes", sum.logical)
                        .put("stored_bytes", sum.stored));
            }
        });
        ObjectNode answer =
                Json.object().put("version_bytes", tally.versionBytes).put("plain_pack_bytes", tally.plainPackBytes);
        ArrayNode list = answer.putArray("points");
        for (int i = 0; i < points.size(); i++) {
            // The last of each group of commits stands for all of it; the very last is always there.
            boolean ends = (long) (i + 1) * MOST_POINTS / points.size() > (long) i * MOST_POINTS / points.size();
            if (points.size() <= MOST_POINTS || ends) {
                list.add(points.get(i));
            }
        }
        return answer;
    }

    /** Goes over all records once. Versions of a path follow each other, oldest first. */
    private static final class Tally {

        private final Map<Long, Step> steps;
        private final Map<PackId, Integer> packs = new HashMap<>();
        private RelativePath path = RelativePath.ROOT;
        private long sizeBefore;
        private boolean fileBefore;
        private long versionBytes;

        /** Packs that rules leave unencrypted, each once. */
        private long plainPackBytes;

        Tally(Map<Long, Step> steps) {
            this.steps = steps;
        }

        void count(CommitLog commits, long newest) {
            try (Cursor<CatalogRecord> records = commits.records(0, newest)) {
                while (records.hasNext()) {
                    count(records.next());
                }
            }
        }

        private void count(CatalogRecord record) {
            Step step = steps.computeIfAbsent(record.sequence(), unused -> new Step());
            if (record instanceof CatalogRecord.PackContents pack) {
                packs.put(pack.directory().id(), pack.directory().size());
                plainPackBytes += pack.directory().suite() == Suite.NONE
                        ? pack.directory().size()
                        : 0;
            } else if (record instanceof CatalogRecord.PackCopies pack) {
                step.stored += (long) packs.getOrDefault(pack.pack(), 0)
                        * pack.copies().size();
            } else if (record instanceof CatalogRecord.PathVersion state) {
                count(state.version(), step);
            }
        }

        private void count(Version version, Step step) {
            if (!version.path().equals(path)) {
                path = version.path();
                sizeBefore = 0;
                fileBefore = false;
            }
            boolean file = version.kind() == VersionKind.FILE;
            step.files += (file ? 1 : 0) - (fileBefore ? 1 : 0);
            step.logical += version.size() - sizeBefore;
            versionBytes += version.size();
            sizeBefore = version.size();
            fileBefore = file;
        }
    }
}
