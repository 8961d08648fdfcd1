package dev.dsync.vault;

import dev.dsync.catalog.HomeState;
import dev.dsync.storage.TargetId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a home remembers of the lines of {@code webhooks.txt}: which target each named, and the line under which a target
 * was found gone. A line may hold a secret, so only a digest of it is kept.
 */
final class LineMemory {

    private static final String USED = "line.";
    private static final String DIED = "died.";
    private static final int DIGEST_BYTES = 16;

    private final HomeState state;

    LineMemory(HomeState state) {
        this.state = state;
    }

    /** The memory of a home that has none. */
    static LineMemory blank() {
        return new LineMemory(new HomeState() {
            @Override
            public Optional<String> get(String name) {
                return Optional.empty();
            }

            @Override
            public void set(String name, Optional<String> value) {
                throw new IllegalStateException("there is nothing to remember with");
            }
        });
    }

    /** The target that this line named when it was last opened; empty if it never was. */
    Optional<TargetId> target(TargetLine line) {
        return state.get(USED + digest(line)).map(TargetId::new);
    }

    void used(TargetLine line, TargetId target) {
        if (target(line).isEmpty()) {
            state.set(USED + digest(line), Optional.of(target.value()));
        }
    }

    /** Whether the target was found gone under this very line: then it is not worth asking again. */
    boolean diedAs(TargetId target, TargetLine line) {
        return state.get(DIED + target).filter(digest(line)::equals).isPresent();
    }

    /** Whether the target was found gone under another line: whoever wrote a new one may know that it lives. */
    boolean diedOtherwise(TargetId target, TargetLine line) {
        return state.get(DIED + target)
                .filter(died -> !died.equals(digest(line)))
                .isPresent();
    }

    void died(TargetId target, TargetLine line) {
        state.set(DIED + target, Optional.of(digest(line)));
    }

    void lives(TargetId target) {
        state.set(DIED + target, Optional.empty());
    }

    private static String digest(TargetLine line) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(line.text().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform lacks SHA-256, which every one must have", e);
        }
    }
}
