package dev.dsync.pipeline.sync;

import dev.dsync.source.FileFailure;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** What a pass has counted so far. Safe for use by many threads. */
final class Tally {

    final AtomicLong added = new AtomicLong();
    final AtomicLong changed = new AtomicLong();
    final AtomicLong deleted = new AtomicLong();
    final AtomicLong unchanged = new AtomicLong();
    final AtomicLong bytesRead = new AtomicLong();
    final AtomicLong bytesStored = new AtomicLong();
    final AtomicLong packs = new AtomicLong();
    private final Set<FileFailure> failed = new LinkedHashSet<>();
    private final Set<FileFailure> skipped = new LinkedHashSet<>();

    synchronized void failed(FileFailure failure) {
        failed.add(failure);
    }

    synchronized void skipped(List<FileFailure> others) {
        skipped.addAll(others);
    }

    synchronized List<FileFailure> failed() {
        return List.copyOf(failed);
    }

    synchronized List<FileFailure> skipped() {
        return List.copyOf(skipped);
    }

    /** Forgets what a comparison counted that begins anew; what was read and stored stays. */
    synchronized void restart() {
        added.set(0);
        changed.set(0);
        deleted.set(0);
        unchanged.set(0);
        failed.clear();
        skipped.clear();
    }
}
