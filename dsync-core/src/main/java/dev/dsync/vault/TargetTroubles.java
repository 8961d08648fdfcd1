package dev.dsync.vault;

import dev.dsync.placement.Health;
import dev.dsync.placement.TargetPool;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.TargetId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What commands of this home learned of targets that did not do well, until they answer again: so the next command can tell
 * without asking. Also commands that only read the vault learn something, so each target has a small text file in a folder of
 * the home's state, replaced as a whole. Lost with the state, or not written where nothing can be written: then whoever asks
 * the target learns it again. Safe for use by many threads and processes.
 *
 * <pre>
 * line  what
 *    1  when it was learned, ISO 8601
 *    2  the health
 *    3  why, a sentence without secrets
 * </pre>
 */
final class TargetTroubles {

    /**
     * One target's trouble.
     *
     * @param learned when it was met first since the target last answered
     */
    record Trouble(Instant learned, Health health, String why) {}

    private final Path folder;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** Those remembered in {@code folder}, which need not exist. */
    TargetTroubles(Path folder, InstantSource clock, RandomGenerator random) {
        this.folder = folder;
        this.clock = clock;
        this.random = random;
    }

    /** What is known of this target; empty if it answered when it was last asked, as far as anybody noted. */
    Optional<Trouble> of(TargetId target) {
        try {
            List<String> lines = Files.readAllLines(file(target), StandardCharsets.UTF_8);
            return lines.size() < 3
                    ? Optional.empty()
                    : Optional.of(new Trouble(Instant.parse(lines.get(0)), Health.valueOf(lines.get(1)), lines.get(2)));
        } catch (IOException | DateTimeException | IllegalArgumentException e) {
            // There is none, or it is another version's or damaged: whoever asks the target next learns it again.
            return Optional.empty();
        }
    }

    /** The target was found to be in trouble, or to be well. */
    void learned(TargetId target, Health health, String why) {
        if (health == Health.READY) {
            forget(target);
            return;
        }
        if (of(target).filter(known -> known.health() == health).isPresent()) {
            return;
        }
        String text =
                clock.instant() + "\n" + health + "\n" + why.lines().findFirst().orElse("") + "\n";
        Path whole = file(target);
        Path beside = whole.resolveSibling(whole.getFileName() + "." + Long.toHexString(random.nextLong()));
        try {
            Files.createDirectories(folder);
            Files.writeString(beside, text);
            Files.move(beside, whole, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // A home that cannot be written to is still read from; people were told already.
        }
    }

    /** The target is well. */
    void forget(TargetId target) {
        try {
            Files.deleteIfExists(file(target));
        } catch (IOException e) {
            // As above: whoever can write here forgets it.
        }
    }

    /** Forgets the troubles of targets that answered, and that nothing has happened to since. */
    void forgetAnswering(TargetPool pool) {
        for (StorageBackend target : pool.targets()) {
            if (pool.answered(target.id()) && pool.health(target.id()) == Health.READY) {
                forget(target.id());
            }
        }
    }

    /** File systems differ in what they make of a colon. */
    private Path file(TargetId target) {
        return folder.resolve(target.value().replace(':', '_') + ".txt");
    }
}
