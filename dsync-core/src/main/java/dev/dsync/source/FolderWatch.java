package dev.dsync.source;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hears of changes from the operating system. It watches the folders that a look at the tree has listed, so nothing that
 * is excluded wakes anybody: {@link #listed} names them during a look, {@link #looked} ends it. A folder that a look
 * found new was not watched while it was listed: then {@link #await} says at once that another look is due.
 *
 * <p>Nothing piles up however much happens: the system keeps a few hundred events a folder and then only the fact that
 * there were more.
 */
public final class FolderWatch implements FolderChanges {

    /** How one folder is asked for, because not every kind of watch service takes any path. */
    @FunctionalInterface
    public interface Registration {
        WatchKey register(Path folder, WatchService service) throws IOException;
    }

    private final Path root;
    private final WatchService service;
    private final Registration registration;
    private final boolean recursive;
    private final Consumer<String> notices;
    private final Map<RelativePath, WatchKey> keys = new HashMap<>();
    private final Set<RelativePath> listed = new HashSet<>();
    private boolean lookAgain;
    private boolean complained;

    /**
     * A watch over the tree at {@code root}.
     *
     * @param recursive whether the service itself watches all that lies below a folder
     * @param notices hears once if not everything can be watched
     */
    public FolderWatch(
            Path root, WatchService service, Registration registration, boolean recursive, Consumer<String> notices) {
        this.root = root;
        this.service = service;
        this.registration = registration;
        this.recursive = recursive;
        this.notices = notices;
    }

    /** A watch with what the system offers through Java: good on Linux and Windows, slow elsewhere. */
    public static FolderWatch of(Path root, Consumer<String> notices) throws IOException {
        return new FolderWatch(
                root,
                root.getFileSystem().newWatchService(),
                (folder, service) -> folder.register(
                        service,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_DELETE,
                        StandardWatchEventKinds.ENTRY_MODIFY),
                false,
                notices);
    }

    /** A look at the tree lists this folder. May be called by any thread. */
    public synchronized void listed(RelativePath folder) {
        listed.add(folder);
        if (keys.containsKey(folder) || recursive && !folder.isRoot()) {
            return;
        }
        try {
            keys.put(folder, registration.register(folder.under(root), service));
            lookAgain = true;
        } catch (IOException | ClosedWatchServiceException e) {
            complain(folder, e);
        }
    }

    private void complain(RelativePath folder, Exception cause) {
        if (!complained) {
            complained = true;
            notices.accept((folder.isRoot() ? root.toString() : folder.value())
                    + " cannot be watched (" + cause.getMessage()
                    + "): changes there and maybe elsewhere are found by looking every so often");
        }
    }

    /**
     * The look is over.
     *
     * @param complete whether it saw the whole tree: what it did not list then is watched no more
     */
    public synchronized void looked(boolean complete) {
        if (complete) {
            keys.entrySet().removeIf(entry -> {
                boolean gone = !listed.contains(entry.getKey());
                if (gone) {
                    entry.getValue().cancel();
                }
                return gone;
            });
        }
        listed.clear();
    }

    @Override
    public boolean await(Duration longest) throws InterruptedException {
        if (takeLookAgain()) {
            return true;
        }
        WatchKey key = service.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
        if (key == null) {
            return false;
        }
        while (key != null) {
            key.pollEvents();
            if (!key.reset()) {
                forget(key);
            }
            key = service.poll();
        }
        return true;
    }

    private synchronized boolean takeLookAgain() {
        boolean taken = lookAgain;
        lookAgain = false;
        return taken;
    }

    /** Its folder is gone. Should one of that name come back, it is watched anew. */
    private synchronized void forget(@Nullable WatchKey key) {
        keys.values().remove(key);
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
