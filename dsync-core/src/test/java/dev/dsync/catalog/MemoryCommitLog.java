package dev.dsync.catalog;

import dev.dsync.catalog.CatalogRecord.CommitMade;
import dev.dsync.catalog.CatalogRecord.PackContents;
import dev.dsync.catalog.CatalogRecord.PackCopies;
import dev.dsync.catalog.CatalogRecord.PackRemoved;
import dev.dsync.catalog.CatalogRecord.PathVersion;
import dev.dsync.catalog.CatalogRecord.TargetState;
import dev.dsync.catalog.CatalogRecord.VersionRemoved;
import dev.dsync.catalog.CatalogRecord.WriterSeen;
import dev.dsync.catalog.MemoryState.Appearance;
import dev.dsync.catalog.MemoryState.VersionKey;
import dev.dsync.pack.PackId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The commits of a {@link MemoryCatalog}, and its records as commits carry them. */
final class MemoryCommitLog implements CommitLog {

    private final MemoryState state;

    MemoryCommitLog(MemoryState state) {
        this.state = state;
    }

    @Override
    public boolean hasUncommitted() {
        synchronized (state) {
            return all().anyMatch(record -> record.sequence() == Version.UNCOMMITTED);
        }
    }

    @Override
    public void assign(long sequence) {
        change(record -> record.sequence() == Version.UNCOMMITTED, sequence);
    }

    @Override
    public void reopen(long sequence, WriterId writer) {
        change(
                record -> record.sequence() == sequence
                        && !(record instanceof CommitMade)
                        && !(record instanceof PathVersion version
                                && !version.version().writer().equals(writer)),
                Version.UNCOMMITTED);
    }

    /** Takes the matching records out and puts them in again with another sequence. */
    private void change(Predicate<CatalogRecord> matching, long sequence) {
        synchronized (state) {
            List<CatalogRecord> records = all().filter(matching).toList();
            for (CatalogRecord record : records) {
                if (record instanceof PathVersion version) {
                    change(version, sequence);
                } else {
                    put(withSequence(record, sequence));
                }
            }
        }
    }

    private void change(PathVersion record, long sequence) {
        Version version = record.version();
        Map<Appearance, PathVersion> history = state.history(version.path());
        history.remove(Appearance.of(version));
        boolean replaced = history.keySet().stream().anyMatch(other -> other.sequence() == Version.UNCOMMITTED);
        if (sequence != Version.UNCOMMITTED || !replaced) {
            MemoryVersions.put(state, new PathVersion(version.at(sequence), record.chunks()));
        }
    }

    private static CatalogRecord withSequence(CatalogRecord record, long sequence) {
        if (record instanceof WriterSeen seen) {
            return new WriterSeen(seen.writer(), seen.host(), seen.folder(), sequence);
        } else if (record instanceof TargetState target) {
            return new TargetState(target.target(), target.state(), sequence);
        } else if (record instanceof PackContents contents) {
            return new PackContents(contents.directory(), sequence);
        } else if (record instanceof PackCopies copies) {
            return new PackCopies(copies.pack(), copies.copies(), sequence);
        } else if (record instanceof PackRemoved removed) {
            return new PackRemoved(removed.pack(), sequence);
        } else if (record instanceof VersionRemoved removed) {
            return new VersionRemoved(removed.path(), removed.appeared(), removed.writer(), sequence);
        }
        throw new IllegalArgumentException("the sequence of " + record + " never changes");
    }

    @Override
    public Cursor<CatalogRecord> records(long from, long to) {
        synchronized (state) {
            return MemoryState.cursor(all().filter(record -> record.sequence() != Version.UNCOMMITTED)
                    .filter(record -> record.sequence() > from && record.sequence() <= to)
                    .filter(record -> from > 0 || !(record instanceof PackRemoved || record instanceof VersionRemoved))
                    .toList()
                    .iterator());
        }
    }

    /** All records in segment order. */
    private Stream<CatalogRecord> all() {
        state.requireOpen();
        Stream<PackContents> contents = state.contents.values().stream()
                .sorted(Comparator.comparing(record -> record.directory().id()));
        return Stream.<Stream<? extends CatalogRecord>>of(
                        state.commits.values().stream(),
                        state.writers.values().stream(),
                        state.targets.values().stream(),
                        contents,
                        state.copies.values().stream(),
                        state.versions.values().stream().flatMap(history -> history.values().stream()),
                        state.packsRemoved.values().stream(),
                        state.versionsRemoved.values().stream())
                .flatMap(Function.identity());
    }

    @Override
    public void apply(CatalogRecord record) {
        synchronized (state) {
            state.requireOpen();
            if (!isRemoved(record) && isNewer(record)) {
                put(record);
            }
        }
    }

    private boolean isRemoved(CatalogRecord record) {
        Optional<? extends CatalogRecord> removal = Optional.empty();
        if (record instanceof PackContents contents) {
            removal = Optional.ofNullable(
                    state.packsRemoved.get(contents.directory().id()));
        } else if (record instanceof PackCopies copies) {
            removal = Optional.ofNullable(state.packsRemoved.get(copies.pack()));
        } else if (record instanceof PathVersion version) {
            removal = Optional.ofNullable(state.versionsRemoved.get(
                    new VersionKey(version.version().path(), Appearance.of(version.version()))));
        }
        return removal.isPresent() && removal.get().sequence() >= record.sequence();
    }

    private boolean isNewer(CatalogRecord record) {
        Optional<? extends CatalogRecord> old = Optional.empty();
        if (record instanceof CommitMade made) {
            old = Optional.ofNullable(state.commits.get(made.commit().hash()));
        } else if (record instanceof WriterSeen seen) {
            old = Optional.ofNullable(state.writers.get(seen.writer()));
        } else if (record instanceof TargetState target) {
            old = Optional.ofNullable(state.targets.get(target.target()));
        } else if (record instanceof PackContents contents) {
            old = Optional.ofNullable(state.contents.get(contents.directory().id()));
        } else if (record instanceof PackCopies copies) {
            old = Optional.ofNullable(state.copies.get(copies.pack()));
        } else if (record instanceof PackRemoved removed) {
            old = Optional.ofNullable(state.packsRemoved.get(removed.pack()));
        } else if (record instanceof VersionRemoved removed) {
            old = Optional.ofNullable(state.versionsRemoved.get(key(removed)));
        }
        return old.isEmpty()
                || record.sequence() > old.get().sequence()
                || record instanceof CommitMade
                        && record.sequence() == old.get().sequence();
    }

    private void put(CatalogRecord record) {
        if (record instanceof CommitMade made) {
            state.commits.put(made.commit().hash(), made);
        } else if (record instanceof WriterSeen seen) {
            state.writers.put(seen.writer(), seen);
        } else if (record instanceof TargetState target) {
            state.targets.put(target.target(), target);
        } else if (record instanceof PackContents contents) {
            MemoryPacks.put(state, contents);
        } else if (record instanceof PackCopies copies) {
            state.copies.put(copies.pack(), copies);
        } else if (record instanceof PathVersion version) {
            MemoryVersions.put(state, version);
        } else if (record instanceof PackRemoved removed) {
            MemoryPacks.takeOut(state, removed.pack());
            state.packsRemoved.put(removed.pack(), removed);
        } else if (record instanceof VersionRemoved removed) {
            state.history(removed.path()).remove(new Appearance(removed.appeared(), removed.writer()));
            state.versionsRemoved.put(key(removed), removed);
        }
    }

    private static VersionKey key(VersionRemoved removed) {
        return new VersionKey(removed.path(), new Appearance(removed.appeared(), removed.writer()));
    }

    @Override
    public void forget() {
        synchronized (state) {
            state.requireOpen();
            List<PackId> packs = new ArrayList<>();
            state.contents.values().stream()
                    .filter(record -> record.sequence() != Version.UNCOMMITTED)
                    .forEach(record -> packs.add(record.directory().id()));
            for (PackId pack : packs) {
                Optional<PackCopies> copies = Optional.ofNullable(state.copies.get(pack));
                MemoryPacks.takeOut(state, pack);
                copies.ifPresent(record -> state.copies.put(pack, record));
            }
            Predicate<CatalogRecord> carried = record -> record.sequence() != Version.UNCOMMITTED;
            state.copies.values().removeIf(carried);
            state.packsRemoved.values().removeIf(carried);
            state.versions.values().forEach(history -> history.values().removeIf(carried));
            state.versionsRemoved.values().removeIf(carried);
            state.targets.values().removeIf(carried);
            state.writers.values().removeIf(carried);
            state.commits.clear();
            state.head = Optional.empty();
        }
    }

    @Override
    public void remember(CommitInfo commit, List<StoredCopy> blobs) {
        apply(new CommitMade(commit, blobs, commit.sequence() + 1));
    }

    @Override
    public List<CommitInfo> history() {
        synchronized (state) {
            return state.commits.values().stream()
                    .map(CommitMade::commit)
                    .sorted(Comparator.comparingLong(CommitInfo::sequence).thenComparing(CommitInfo::writer))
                    .toList();
        }
    }

    @Override
    public boolean knows(Sha256 commit) {
        synchronized (state) {
            return state.commits.containsKey(commit);
        }
    }

    @Override
    public boolean hasCommitOfOther(WriterId writer) {
        return history().stream().anyMatch(commit -> !commit.writer().equals(writer));
    }

    @Override
    public Optional<Head> head() {
        synchronized (state) {
            return state.head;
        }
    }

    @Override
    public void setHead(Head head) {
        synchronized (state) {
            state.requireOpen();
            state.head = Optional.of(head);
        }
    }
}
