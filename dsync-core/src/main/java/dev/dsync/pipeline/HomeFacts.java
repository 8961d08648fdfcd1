package dev.dsync.pipeline;

import dev.dsync.catalog.HomeState;
import dev.dsync.catalog.Sha256;
import dev.dsync.catalog.WriterId;
import dev.dsync.storage.TargetId;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/** The facts that {@link HomeState} keeps for this home, by their meaning. */
public final class HomeFacts {

    private static final String WRITER = "writer";
    private static final String FOLDER = "folder";
    private static final String OTHER_PARENT = "commit.other-parent";
    private static final String PENDING = "commit.pending";
    private static final String TAKEN_OUT = "prune.taken-out";
    private static final String WAITING = "prune.waiting";
    private static final String LOSS_SETTLED = "loss-settled.";
    private static final String REACH_SETTLED = "reach-settled.";
    private static final String ROOT_SEQUENCE = "root-sequence.";

    private final HomeState state;

    public HomeFacts(HomeState state) {
        this.state = state;
    }

    /** Who this home writes as. */
    public Optional<WriterId> writer() {
        return state.get(WRITER).map(WriterId::new);
    }

    /** Sets who this home writes as. */
    public void setWriter(WriterId writer) {
        state.set(WRITER, Optional.of(writer.value()));
    }

    /** The synced folder that the first sync recorded. */
    public Optional<Path> folder() {
        return state.get(FOLDER).map(Path::of);
    }

    /** Records the synced folder. */
    public void setFolder(Path folder) {
        state.set(FOLDER, Optional.of(folder.toString()));
    }

    /** The commit that the next one must join, besides following the newest. */
    Optional<Sha256> otherParent() {
        return state.get(OTHER_PARENT).map(hex -> Sha256.of(HexFormat.of().parseHex(hex)));
    }

    void setOtherParent(Optional<Sha256> commit) {
        state.set(OTHER_PARENT, commit.map(Sha256::toString));
    }

    /** The commit that was being sent, if it is not known to have arrived. */
    Optional<Sha256> pending() {
        return state.get(PENDING).map(hex -> Sha256.of(HexFormat.of().parseHex(hex)));
    }

    void setPending(Optional<Sha256> commit) {
        state.set(PENDING, commit.map(Sha256::toString));
    }

    /** What the next commit takes out of the vault, as {@link TakenOut} writes it, while it is not part of history. */
    Optional<String> takenOut() {
        return state.get(TAKEN_OUT);
    }

    void setTakenOut(Optional<String> packs) {
        state.set(TAKEN_OUT, packs);
    }

    /** Blobs that wait to be deleted, as {@link Waiting} writes them. */
    Optional<String> waiting() {
        return state.get(WAITING);
    }

    void setWaiting(Optional<String> blobs) {
        state.set(WAITING, blobs);
    }

    /** Whether the files were looked for that lay on this retired target alone. */
    boolean lossSettled(TargetId target) {
        return state.get(LOSS_SETTLED + target).isPresent();
    }

    void setLossSettled(TargetId target) {
        state.set(LOSS_SETTLED + target, Optional.of("yes"));
    }

    /** The target lives again: should it be retired once more, the files that lie there alone are looked for again. */
    public void forgetLoss(TargetId target) {
        state.set(LOSS_SETTLED + target, Optional.empty());
    }

    /** Whether nothing was out of reach when this target had no line, and nothing was lost since. */
    boolean reachSettled(TargetId target) {
        return state.get(REACH_SETTLED + target).isPresent();
    }

    void setReachSettled(TargetId target, boolean settled) {
        if (settled != reachSettled(target)) {
            state.set(REACH_SETTLED + target, settled ? Optional.of("yes") : Optional.empty());
        }
    }

    /** The commit that the target's root pointed to when this home last wrote it; 0 if it never did. */
    long rootSequence(TargetId target) {
        return state.get(ROOT_SEQUENCE + target).map(Long::parseLong).orElse(0L);
    }

    void setRootSequence(TargetId target, long sequence) {
        state.set(ROOT_SEQUENCE + target, Optional.of(Long.toString(sequence)));
    }
}
