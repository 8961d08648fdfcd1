package dev.dsync.web;

import dev.dsync.vault.Home;
import dev.dsync.vault.HomeBusyException;
import dev.dsync.vault.Vault;
import dev.dsync.vault.VaultBuilder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The way to the vault. It is kept open for reading only, which holds nobody up; it is opened anew when the home's
 * targets or key changed. Whoever reads has a lease and gives it back; a vault that was replaced is closed with its last
 * lease. Safe for use by many threads.
 */
final class VaultDoor implements Closeable {

    private final DashboardSettings settings;
    private final Activity activity;
    private final TargetNews targetNews;
    private final AtomicInteger openings = new AtomicInteger();
    private @Nullable Shared current;
    private boolean stale;

    VaultDoor(DashboardSettings settings, Activity activity, TargetNews targetNews) {
        this.settings = settings;
        this.activity = activity;
        this.targetNews = targetNews;
    }

    /** An open vault, and how many use it. Guarded by the door. */
    private static final class Shared {

        private final Vault vault;
        private final List<String> surroundings;
        private int leases;
        private boolean replaced;

        Shared(Vault vault, List<String> surroundings) {
            this.vault = vault;
            this.surroundings = surroundings;
        }
    }

    /** A vault to read from until this is closed. */
    final class Lease implements Closeable {

        private final Shared shared;
        private boolean over;

        private Lease(Shared shared) {
            this.shared = shared;
        }

        Vault vault() {
            return shared.vault;
        }

        @Override
        public void close() throws IOException {
            boolean last;
            synchronized (VaultDoor.this) {
                if (over) {
                    return;
                }
                over = true;
                shared.leases--;
                last = shared.replaced && shared.leases == 0;
            }
            if (last) {
                shared.vault.close();
            }
        }
    }

    /** Something to do with a vault. */
    interface Reading<T> {
        T read(Vault vault) throws IOException;
    }

    /** Reads; empty if there is no vault yet, or none to read from. */
    <T> Optional<T> read(Reading<T> reading) throws IOException {
        Optional<Lease> lease = lease();
        if (lease.isEmpty()) {
            return Optional.empty();
        }
        try (Lease held = lease.get()) {
            return Optional.of(reading.read(held.vault()));
        }
    }

    /** A lease on the vault; empty if there is none yet, or none to read from. */
    Optional<Lease> lease() throws IOException {
        if (!exists()) {
            return Optional.empty();
        }
        Vault outdated = null;
        Lease lease;
        synchronized (this) {
            List<String> surroundings = surroundings();
            Shared shared = current;
            if (shared == null || stale || !shared.surroundings.equals(surroundings)) {
                Optional<Vault> vault = openToRead();
                if (vault.isEmpty()) {
                    return Optional.empty();
                }
                Shared opened = new Shared(vault.get(), surroundings());
                outdated = retire(shared);
                shared = opened;
                current = opened;
                stale = false;
            }
            shared.leases++;
            lease = new Lease(shared);
        }
        if (outdated != null) {
            outdated.close();
        }
        return Optional.of(lease);
    }

    /** Empty while this program makes the vault, or finds it again on its targets: there is nothing to read yet. */
    private Optional<Vault> openToRead() throws IOException {
        try {
            return Optional.of(builder().openReadOnly());
        } catch (HomeBusyException e) {
            if (openings.get() > 0) {
                return Optional.empty();
            }
            // It was done meanwhile. If not, another program is at it, and fails this as it did before.
            return Optional.of(builder().openReadOnly());
        }
    }

    private static @Nullable Vault retire(@Nullable Shared shared) {
        if (shared == null) {
            return null;
        }
        shared.replaced = true;
        return shared.leases == 0 ? shared.vault : null;
    }

    /** Whether there is a vault: a key, that is. */
    boolean exists() {
        return Files.exists(settings.home().keyFile(), LinkOption.NOFOLLOW_LINKS);
    }

    /** Opens the vault to write, and makes it if need be. */
    Vault openToWrite() throws IOException {
        openings.incrementAndGet();
        try {
            return builder()
                    .targetChanges((target, health, cause) -> {
                        targetNews.changed(target, health, cause);
                        refresh();
                    })
                    .open();
        } finally {
            openings.decrementAndGet();
        }
    }

    /** Has the vault opened anew before the next reading: its targets are not what they were. */
    synchronized void refresh() {
        stale = true;
    }

    /** Takes note of a vault that was open to write: it may have made targets that the one for reading does not have. */
    synchronized void compare(Vault written) {
        Shared shared = current;
        stale |= shared != null && !shared.vault.openTargets().equals(written.openTargets());
    }

    private VaultBuilder builder() {
        return settings.vault()
                .get()
                .notices(activity::note)
                .targetChanges(targetNews)
                .purpose("dsync web");
    }

    /** The synced folder, also before there is a vault. */
    Path syncedFolder() throws IOException {
        if (settings.folder().isPresent()) {
            return settings.folder().get();
        }
        return read(Vault::syncedFolder).orElse(settings.home().syncedFolder());
    }

    /** What an open vault depends on: if one of these changes, it must be opened anew. */
    private List<String> surroundings() throws IOException {
        Home home = settings.home();
        List<String> all = new ArrayList<>();
        for (Path file : List.of(home.targetLines(), home.keyFile())) {
            try {
                BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
                all.add(found.size() + " " + found.lastModifiedTime());
            } catch (NoSuchFileException e) {
                all.add("none");
            }
        }
        try {
            all.add(String.valueOf(Files.readAttributes(home.state(), BasicFileAttributes.class)
                    .fileKey()));
        } catch (NoSuchFileException e) {
            all.add("none");
        }
        return all;
    }

    @Override
    public void close() throws IOException {
        Vault open;
        synchronized (this) {
            open = retire(current);
            current = null;
        }
        if (open != null) {
            open.close();
        }
    }
}
