package dev.dsync.vault;

import dev.dsync.storage.BlobLister;
import dev.dsync.storage.FolderBackendProvider;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageBackendProvider;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetGoneException;
import dev.dsync.storage.TargetId;
import dev.dsync.storage.TargetUnavailableException;
import dev.dsync.storage.UnusedTargetException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The targets that the lines of {@code webhooks.txt} name, opened.
 *
 * @param open those that could be opened, each once, with the line that named it first
 * @param unreachable lines whose target could not be opened, with why
 * @param repeated lines that name a target which a line before them names
 * @param named lines whose form alone tells whom they name
 */
record OpenTargets(
        Map<StorageBackend, TargetLine> open,
        Map<TargetLine, StorageException> unreachable,
        Map<TargetLine, TargetId> repeated,
        Map<TargetLine, TargetId> named)
        implements Closeable {

    /**
     * Opens them all.
     *
     * @param providers who may understand a line; what they share among their targets is shared by all that are opened
     * @param memory of the home: a target that was used before is never made anew, one that was found gone under its
     *     line is not asked again
     * @param mayCreate whether targets that were never used may be made
     * @throws ConfigurationException if a line names no target; the message has the line's number, never its text
     */
    static OpenTargets open(
            Home home,
            List<StorageBackendProvider> providers,
            List<TargetLine> lines,
            LineMemory memory,
            boolean mayCreate,
            Clock clock,
            RandomGenerator random,
            BooleanSupplier stop)
            throws IOException {
        Map<StorageBackend, TargetLine> open = new LinkedHashMap<>();
        Map<TargetLine, StorageException> unreachable = new LinkedHashMap<>();
        Map<TargetLine, TargetId> repeated = new LinkedHashMap<>();
        Map<TargetLine, TargetId> named = new LinkedHashMap<>();
        for (TargetLine line : lines) {
            boolean create = mayCreate && memory.target(line).isEmpty();
            var surroundings = new StorageBackendProvider.Surroundings(
                    home.folder(), home.state().resolve("targets"), create, clock, random, stop);
            StorageBackendProvider provider = provider(home.targetLines(), providers, line);
            try {
                Optional<TargetId> id = provider.idOf(line.text());
                id.ifPresent(target -> named.put(line, target));
                requireNotDead(id, line, memory);
                StorageBackend backend = provider.open(line.text(), surroundings);
                if (open.keySet().stream().anyMatch(other -> other.id().equals(backend.id()))) {
                    repeated.put(line, backend.id());
                    backend.close();
                } else {
                    open.put(backend, line);
                }
            } catch (IllegalArgumentException e) {
                throw new ConfigurationException(
                        home.targetLines() + ", line " + line.number() + ": " + e.getMessage(), e);
            } catch (StorageException e) {
                if (unreachable.keySet().stream().noneMatch(other -> samePlace(home, other, line))) {
                    unreachable.put(line, memory.target(line).isPresent() ? e : beforeFirstUse(home, line, e));
                }
            }
        }
        return new OpenTargets(open, unreachable, repeated, named);
    }

    private static void requireNotDead(Optional<TargetId> id, TargetLine line, LineMemory memory)
            throws TargetGoneException {
        if (id.isPresent() && memory.diedAs(id.get(), line)) {
            throw new TargetGoneException(
                    "it was found gone for good earlier. Take its line out of webhooks.txt, or write"
                            + " a line that is good");
        }
    }

    private static boolean samePlace(Home home, TargetLine one, TargetLine other) {
        return one.text().equals(other.text())
                || one.folder(home).isPresent() && one.folder(home).equals(other.folder(home));
    }

    /** A folder that was never used is not out of reach only because nobody has made it yet. */
    private static StorageException beforeFirstUse(Home home, TargetLine line, StorageException failure) {
        Optional<Path> folder = line.folder(home);
        boolean notMade = failure instanceof TargetUnavailableException
                && folder.isPresent()
                && (!Files.exists(folder.get()) || Files.isDirectory(folder.get()));
        if (!notMade) {
            return failure;
        }
        return new UnusedTargetException(
                "this home has not used the folder " + folder.get()
                        + " yet, and nothing of dsync's is there: if a disk or"
                        + " share belongs there, mount it; else "
                        + FolderBackendProvider.obstacle(folder.get())
                                .orElse("the next sync takes the folder into use"),
                failure);
    }

    private static StorageBackendProvider provider(Path file, List<StorageBackendProvider> all, TargetLine line)
            throws ConfigurationException {
        Optional<StorageBackendProvider> found = all.stream()
                .filter(provider -> provider.understands(line.text()))
                .findFirst();
        return found.orElseThrow(
                () -> new ConfigurationException(
                        file + ", line " + line.number()
                                + ": this is no target. Write a Discord webhook URL (https://discord.com/api/webhooks/…), or file:FOLDER"));
    }

    /** The targets of the lines whose target could not be opened, where this home remembers who they are. */
    Set<TargetId> away(LineMemory memory) {
        return unreachable.keySet().stream()
                .flatMap(line -> id(line, memory).stream())
                .collect(Collectors.toSet());
    }

    /** Whom a line names whose target could not be opened, if its form tells or the home remembers. */
    Optional<TargetId> id(TargetLine line, LineMemory memory) {
        return Optional.ofNullable(named.get(line)).or(() -> memory.target(line));
    }

    /** The targets that said when they were to be opened that they are gone for good, as far as it is known who they are. */
    Map<TargetId, StorageException> gone(LineMemory memory) {
        Map<TargetId, StorageException> gone = new LinkedHashMap<>();
        unreachable.forEach((line, failure) -> {
            if (failure instanceof TargetGoneException) {
                id(line, memory).ifPresent(target -> gone.put(target, failure));
            }
        });
        return gone;
    }

    /** The line of a target that was opened. */
    Optional<TargetLine> line(TargetId target) {
        return open.entrySet().stream()
                .filter(entry -> entry.getKey().id().equals(target))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /**
     * Why a target could not be opened that may hold something, and which line names it; one that is gone holds nothing
     * any more.
     */
    Optional<String> unasked() {
        return unreachable.entrySet().stream()
                .filter(target -> !(target.getValue() instanceof TargetGoneException))
                .findFirst()
                .map(target -> introduction(target.getKey()) + target.getValue().getMessage());
    }

    /** Why the first target that could not be opened could not, and which line names it. */
    Optional<String> firstUnreachable() {
        return unreachable.entrySet().stream()
                .findFirst()
                .map(target -> introduction(target.getKey()) + target.getValue().getMessage());
    }

    /** How a sentence about the target of a line begins; nothing for the folder that no line names. */
    private static String introduction(TargetLine line) {
        return line.number() == 0 ? "" : "line " + line.number() + " of webhooks.txt: ";
    }

    /** Whether a target that was opened has a root; so counts one that does not say. */
    boolean anyHasRoot() {
        for (StorageBackend target : open.keySet()) {
            try {
                if (target.root().read().isPresent()) {
                    return true;
                }
            } catch (StorageException e) {
                return true;
            }
        }
        return false;
    }

    /** A target that holds blobs, as far as targets can list them. */
    Optional<StorageBackend> anyWithBlobs() throws IOException {
        for (StorageBackend target : open.keySet()) {
            if (target instanceof BlobLister lister) {
                try (BlobLister.Listing blobs = lister.list()) {
                    if (blobs.hasNext()) {
                        return Optional.of(target);
                    }
                } catch (UncheckedIOException e) {
                    throw Objects.requireNonNull(e.getCause());
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        for (StorageBackend target : open.keySet()) {
            target.close();
        }
    }
}
