package dev.dsync.pipeline.commit;

import dev.dsync.catalog.MalformedCatalogException;
import dev.dsync.catalog.Root;
import dev.dsync.key.Envelope;
import dev.dsync.key.EnvelopeDamagedException;
import dev.dsync.key.EnvelopeException;
import dev.dsync.key.EnvelopeNotOursException;
import dev.dsync.pipeline.DamagedVaultException;
import dev.dsync.pipeline.ForeignVaultException;
import dev.dsync.pipeline.parts.Seals;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.placement.Health;
import dev.dsync.placement.TargetPool;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetGoneException;
import dev.dsync.storage.TargetId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

/** The roots of all targets: read, written, compared. */
public final class RootBook {

    /**
     * What the targets said when asked for their roots.
     *
     * @param roots the roots found, by target
     * @param empty targets that have none yet
     * @param unreachable targets that did not answer, with why
     * @param unsound targets whose root does not open: it is damaged, or another vault's
     */
    record Answers(
            Map<TargetId, Root> roots,
            List<TargetId> empty,
            Map<TargetId, StorageException> unreachable,
            Map<TargetId, IOException> unsound) {}

    /** One target's answer: a root, none, or why there is no answer. */
    private record Answer(TargetId target, Optional<Root> root, Optional<IOException> failure) {}

    private static final int AT_ONCE = 8;

    private final Seals seals;
    private final TargetPool pool;
    private final RandomGenerator random;

    public RootBook(VaultParts vault) {
        this.seals = vault.seals();
        this.pool = vault.pool();
        this.random = vault.random();
    }

    /** Asks every live target. */
    Answers readAll() throws IOException, InterruptedException {
        List<Callable<Answer>> questions = new ArrayList<>();
        for (StorageBackend target : pool.live()) {
            questions.add(() -> ask(target));
        }
        Map<TargetId, Root> roots = new LinkedHashMap<>();
        List<TargetId> empty = new ArrayList<>();
        Map<TargetId, StorageException> unreachable = new LinkedHashMap<>();
        Map<TargetId, IOException> unsound = new LinkedHashMap<>();
        for (Answer answer : together(questions)) {
            answer.failure().ifPresent(failure -> {
                if (failure instanceof StorageException unanswered) {
                    unreachable.put(answer.target(), unanswered);
                } else {
                    unsound.put(answer.target(), failure);
                }
            });
            answer.root().ifPresent(root -> roots.put(answer.target(), root));
            if (answer.failure().isEmpty() && answer.root().isEmpty()) {
                empty.add(answer.target());
            }
        }
        return new Answers(roots, empty, unreachable, unsound);
    }

    /**
     * The root of this one target.
     *
     * @throws StorageException if it does not answer
     * @throws ForeignVaultException if the key does not open the root
     * @throws DamagedVaultException if it is damaged
     */
    public Optional<Root> read(StorageBackend target) throws IOException {
        Answer answer = ask(target);
        if (answer.failure().isPresent()) {
            throw answer.failure().get();
        }
        return answer.root();
    }

    private Answer ask(StorageBackend target) {
        try {
            Optional<ByteBuffer> sealed = target.root().read();
            if (sealed.isEmpty()) {
                return new Answer(target.id(), Optional.empty(), Optional.empty());
            }
            return new Answer(target.id(), Optional.of(open(target, sealed.get())), Optional.empty());
        } catch (IOException failure) {
            if (failure instanceof TargetGoneException gone) {
                pool.failed(target.id(), gone);
            }
            return new Answer(target.id(), Optional.empty(), Optional.of(failure));
        }
    }

    private Root open(StorageBackend target, ByteBuffer sealed) throws IOException {
        try {
            return Root.decode(seals.roots().open(sealed));
        } catch (EnvelopeNotOursException e) {
            throw new ForeignVaultException("the key does not open the root on target " + target.id()
                    + ": either .encryption_key is not this vault's key, or another vault uses this target, or the root"
                    + " is damaged. Put the right key in place, or take the target's line out of webhooks.txt");
        } catch (EnvelopeDamagedException | MalformedCatalogException e) {
            throw new DamagedVaultException("the root on target " + target.id() + " is damaged: " + e.getMessage(), e);
        } catch (EnvelopeException e) {
            throw new DamagedVaultException("the root on target " + target.id() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Writes the root on these targets, on each with its own copy of the commit first.
     *
     * @return the targets that have it now
     */
    List<TargetId> write(Root root, List<StorageBackend> targets) throws IOException, InterruptedException {
        List<Callable<Optional<TargetId>>> writes = new ArrayList<>();
        for (StorageBackend target : targets) {
            writes.add(() -> write(root, target) ? Optional.of(target.id()) : Optional.empty());
        }
        List<TargetId> written = new ArrayList<>();
        together(writes).forEach(target -> target.ifPresent(written::add));
        return written;
    }

    private boolean write(Root root, StorageBackend target) {
        int capacity = target.root().capacity() - Envelope.sealedLength(0);
        byte[] sealed = seals.roots().seal(root.ownFirst(target.id()).encode(capacity), random);
        return pool.attempt(target.id(), () -> target.root().write(ByteBuffer.wrap(sealed)));
    }

    private static <T> List<T> together(List<Callable<T>> tasks) throws IOException, InterruptedException {
        if (tasks.size() == 1) {
            return List.of(alone(tasks.get(0)));
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, Math.min(AT_ONCE, tasks.size())));
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw asIo(e.getCause() != null ? e.getCause() : e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> T alone(Callable<T> task) throws IOException, InterruptedException {
        try {
            return task.call();
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static IOException asIo(Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        return cause instanceof IOException io ? io : new IOException(cause);
    }

    /** Whether the target takes requests now. */
    public boolean live(TargetId target) {
        return pool.find(target).isPresent() && pool.health(target) == Health.READY;
    }
}
