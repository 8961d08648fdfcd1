package dev.dsync.catalog;

import java.util.Optional;

/**
 * A catalog in memory: the smallest complete one, for tests of what uses a catalog. Everything lies in sorted maps;
 * whatever is asked is found by looking through them.
 */
public final class MemoryCatalog implements Catalog {

    /** What outlives a catalog, as files would: the state at the last flush. */
    public static final class Files {

        private MemoryState flushed = new MemoryState();

        /** What lies here now, out of reach of whoever goes on writing. */
        public Files copy() {
            Files copy = new Files();
            copy.write(read());
            return copy;
        }

        private synchronized MemoryState read() {
            return flushed.copy();
        }

        private synchronized void write(MemoryState state) {
            flushed = state.copy();
        }
    }

    private final Files files;
    private final MemoryState state;
    private final MemoryVersions versions;
    private final MemoryPacks packs;
    private final MemoryTargets targets;
    private final MemoryCommitLog commits;

    /** A catalog that nothing outlives. */
    public MemoryCatalog() {
        this(new Files());
    }

    /** Opens the catalog that lies in {@code files}. */
    public MemoryCatalog(Files files) {
        this.files = files;
        this.state = files.read();
        this.versions = new MemoryVersions(state);
        this.packs = new MemoryPacks(state);
        this.targets = new MemoryTargets(state);
        this.commits = new MemoryCommitLog(state);
    }

    @Override
    public Versions versions() {
        return versions;
    }

    @Override
    public Packs packs() {
        return packs;
    }

    @Override
    public Targets targets() {
        return targets;
    }

    @Override
    public CommitLog commits() {
        return commits;
    }

    @Override
    public HomeState home() {
        return new HomeState() {
            @Override
            public Optional<String> get(String name) {
                synchronized (state) {
                    return Optional.ofNullable(state.home.get(name));
                }
            }

            @Override
            public void set(String name, Optional<String> value) {
                synchronized (state) {
                    state.requireOpen();
                    state.home.remove(name);
                    value.ifPresent(present -> state.home.put(name, present));
                }
            }
        };
    }

    @Override
    public void flush() {
        synchronized (state) {
            state.requireOpen();
            files.write(state);
        }
    }

    @Override
    public void close() {
        synchronized (state) {
            state.close();
        }
    }
}
