package dev.dsync.pipeline.parts;

import dev.dsync.catalog.HomeState;
import dev.dsync.catalog.Sha256;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.WriterId;
import dev.dsync.pipeline.commit.TakenOut;
import dev.dsync.pipeline.tidy.Waiting;
import dev.dsync.storage.TargetId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

/** The facts that {@link HomeState} keeps for this home, by their meaning. */
public final class HomeFacts {

    private static final String WRITER = "writer";
    private static final String FOLDER = "folder";
    private static final String OTHER_PARENT = "commit.other-parent";
    private static final String PENDING = "commit.pending";
    private static final String TAKEN_OUT = "prune.taken-out";
    private static final String WAITING = "prune.waiting";
    private static final String ORPHANS = "prune.orphans";
    private static final String SIZE = "size.";
    private static final String LINK = "link.";
    private static final String LAST_SYNC = "last-sync";
    private static final String COUNTED_TIME = "time.counted";
    private static final String ASSIGNED = "commit.assigned";
    private static final String LOSS_SETTLED = "loss-settled.";
    private static final String REACH_SETTLED = "reach-settled.";
    private static final String ROOT_LATE = "root-late.";
    private static final String SEQUENCE_SEEN = "sequence-seen";
    private static final String USED = "used.";
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
    public Optional<Sha256> otherParent() {
        return state.get(OTHER_PARENT).map(hex -> Sha256.of(HexFormat.of().parseHex(hex)));
    }

    public void setOtherParent(Optional<Sha256> commit) {
        state.set(OTHER_PARENT, commit.map(Sha256::toString));
    }

    /** The commit that was being sent, if it is not known to have arrived. */
    public Optional<Sha256> pending() {
        return state.get(PENDING).map(hex -> Sha256.of(HexFormat.of().parseHex(hex)));
    }

    public void setPending(Optional<Sha256> commit) {
        state.set(PENDING, commit.map(Sha256::toString));
    }

    /** What the next commit takes out of the vault, as {@link TakenOut} writes it, while it is not part of history. */
    public Optional<String> takenOut() {
        return state.get(TAKEN_OUT);
    }

    public void setTakenOut(Optional<String> packs) {
        state.set(TAKEN_OUT, packs);
    }

    /** Blobs that wait to be deleted, as {@link Waiting} writes them. */
    public Optional<String> waiting() {
        return state.get(WAITING);
    }

    public void setWaiting(Optional<String> blobs) {
        state.set(WAITING, blobs);
    }

    /** Blobs that nobody knows and that wait to be deleted, as {@link Waiting} writes them. */
    public Optional<String> orphans() {
        return state.get(ORPHANS);
    }

    public void setOrphans(Optional<String> blobs) {
        state.set(ORPHANS, blobs);
    }

    /** The bytes of a blob that belongs to a commit, as far as this home made it; packs of content tell their own. */
    public OptionalLong size(StoredCopy blob) {
        return state.get(SIZE + name(blob))
                .map(Long::parseLong)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    public void setSize(StoredCopy blob, long bytes) {
        state.set(SIZE + name(blob), Optional.of(Long.toString(bytes)));
    }

    /** The last known link to a blob. */
    public Optional<String> link(StoredCopy blob) {
        return state.get(LINK + name(blob));
    }

    /** Remembers a link to a blob. */
    public void setLink(StoredCopy blob, String link) {
        state.set(LINK + name(blob), Optional.of(link));
    }

    /** The blob is gone, and what was remembered of it. */
    public void forget(StoredCopy blob) {
        state.set(SIZE + name(blob), Optional.empty());
        state.set(LINK + name(blob), Optional.empty());
    }

    private static String name(StoredCopy blob) {
        return blob.target() + " " + blob.address();
    }

    /** When a sync of this home last came to its end, by its clock; it may have had files that failed. */
    public Optional<Instant> lastSync() {
        return state.get(LAST_SYNC).map(Instant::parse);
    }

    public void setLastSync(Instant time) {
        state.set(LAST_SYNC, Optional.of(time.toString()));
    }

    /** The time that has surely passed, as {@link CountedTime} writes it. */
    public Optional<String> countedTime() {
        return state.get(COUNTED_TIME);
    }

    public void setCountedTime(String lines) {
        state.set(COUNTED_TIME, Optional.of(lines));
    }

    /** The sequence that records were last given for a commit; 0 if none were. */
    public long assigned() {
        return state.get(ASSIGNED).map(Long::parseLong).orElse(0L);
    }

    public void setAssigned(long sequence) {
        state.set(ASSIGNED, Optional.of(Long.toString(sequence)));
    }

    /** Whether the files were looked for that lay on this retired target alone. */
    public boolean lossSettled(TargetId target) {
        return state.get(LOSS_SETTLED + target).isPresent();
    }

    public void setLossSettled(TargetId target) {
        state.set(LOSS_SETTLED + target, Optional.of("yes"));
    }

    /** The target lives again: should it be retired once more, the files that lie there alone are looked for again. */
    public void forgetLoss(TargetId target) {
        state.set(LOSS_SETTLED + target, Optional.empty());
    }

    /** Whether nothing was out of reach when this target had no line, and nothing was lost since. */
    public boolean reachSettled(TargetId target) {
        return state.get(REACH_SETTLED + target).isPresent();
    }

    public void setReachSettled(TargetId target, boolean settled) {
        if (settled != reachSettled(target)) {
            state.set(REACH_SETTLED + target, settled ? Optional.of("yes") : Optional.empty());
        }
    }

    /** The commit that the target's root pointed to when this home last wrote it; 0 if it never did. */
    public long rootSequence(TargetId target) {
        return state.get(ROOT_SEQUENCE + target).map(Long::parseLong).orElse(0L);
    }

    public void setRootSequence(TargetId target, long sequence) {
        state.set(ROOT_SEQUENCE + target, Optional.of(Long.toString(sequence)));
        if (rootLate(target)) {
            state.set(ROOT_LATE + target, Optional.empty());
        }
        sawSequence(sequence);
    }

    /** Whether the target's root is known to be missing, damaged or old, whatever this home wrote there. */
    public boolean rootLate(TargetId target) {
        return state.get(ROOT_LATE + target).isPresent();
    }

    public void setRootLate(TargetId target) {
        state.set(ROOT_LATE + target, Optional.of("yes"));
    }

    /** Whether the target belongs to this vault: a root there that does not open is damaged, not another vault's. */
    public boolean used(TargetId target) {
        return rootSequence(target) > 0 || state.get(USED + target).isPresent();
    }

    /** Says that the vault remembers the target as one of its own. */
    public void setUsed(TargetId target) {
        if (!used(target)) {
            state.set(USED + target, Optional.of("yes"));
        }
    }

    /** The highest sequence of any commit that a root pointed to; 0 if none was seen. */
    public long sequenceSeen() {
        return state.get(SEQUENCE_SEEN).map(Long::parseLong).orElse(0L);
    }

    public void sawSequence(long sequence) {
        if (sequence > sequenceSeen()) {
            state.set(SEQUENCE_SEEN, Optional.of(Long.toString(sequence)));
        }
    }
}
