package dev.dsync.vault;

import dev.dsync.catalog.HomeState;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageBackendProvider;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetGoneException;
import dev.dsync.storage.TargetId;
import dev.dsync.storage.TargetUnavailableException;
import dev.dsync.storage.UnusedTargetException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The targets that the lines of {@code webhooks.txt} name, opened.
 *
 * @param open those that could be opened, each once, with the line that named it first
 * @param unreachable lines whose target could not be opened, with why
 * @param repeated lines that name a target which a line before them names
 */
record OpenTargets(
        Map<StorageBackend, TargetLine> open,
        Map<TargetLine, StorageException> unreachable,
        Map<TargetLine, TargetId> repeated)
        implements Closeable {

    /** Before the fingerprint of a line: the name under which the home remembers its target. */
    static final String USED_LINE = "line.";

    /**
     * Opens them all.
     *
     * @param providers who may understand a line; what they share among their targets is shared by all that are opened
     * @param used tells of a line's {@linkplain #fingerprint fingerprint} whether this home used its target before: then
     *     it is never made anew
     * @param mayCreate whether targets that were never used may be made
     * @throws ConfigurationException if a line names no target; the message has the line's number, never its text
     */
    static OpenTargets open(
            Home home,
            List<StorageBackendProvider> providers,
            List<TargetLine> lines,
            Predicate<String> used,
            boolean mayCreate,
            Clock clock,
            RandomGenerator random)
            throws IOException {
        Map<StorageBackend, TargetLine> open = new LinkedHashMap<>();
        Map<TargetLine, StorageException> unreachable = new LinkedHashMap<>();
        Map<TargetLine, TargetId> repeated = new LinkedHashMap<>();
        for (TargetLine line : lines) {
            boolean create = mayCreate && !used.test(fingerprint(line));
            var surroundings = new StorageBackendProvider.Surroundings(
                    home.folder(), home.state().resolve("targets"), create, clock, random);
            try {
                StorageBackend backend =
                        provider(home.targetLines(), providers, line).open(line.text(), surroundings);
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
                    unreachable.put(line, used.test(fingerprint(line)) ? e : beforeFirstUse(home, line, e));
                }
            }
        }
        return new OpenTargets(open, unreachable, repeated);
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
        Path parent = folder.get().getParent();
        boolean canBeMade = parent != null && Files.isDirectory(parent);
        return new UnusedTargetException(
                "this home has not used the folder " + folder.get()
                        + " yet, and nothing of dsync's is there: if a disk or"
                        + " share belongs there, mount it; else "
                        + (canBeMade ? "the next sync takes the folder into use" : "make " + parent + " first"),
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
    Set<TargetId> away(HomeState state) {
        return unreachable.keySet().stream()
                .flatMap(line -> remembered(state, line).stream())
                .collect(Collectors.toSet());
    }

    /** Those of them that said when they were to be opened that they are gone for good. */
    Map<TargetId, StorageException> gone(HomeState state) {
        Map<TargetId, StorageException> gone = new LinkedHashMap<>();
        unreachable.forEach((line, failure) -> {
            if (failure instanceof TargetGoneException) {
                remembered(state, line).ifPresent(target -> gone.put(target, failure));
            }
        });
        return gone;
    }

    private static Optional<TargetId> remembered(HomeState state, TargetLine line) {
        return state.get(USED_LINE + fingerprint(line)).map(TargetId::new);
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

    @Override
    public void close() throws IOException {
        for (StorageBackend target : open.keySet()) {
            target.close();
        }
    }

    /** Whether this home remembers having used the target of the line with this fingerprint. */
    static boolean wasUsed(HomeState state, String fingerprint) {
        return state.get(USED_LINE + fingerprint).isPresent();
    }

    /** What the home remembers of a line: a digest, because the line may hold a secret. */
    static String fingerprint(TargetLine line) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(line.text().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform lacks SHA-256, which every one must have", e);
        }
    }
}
