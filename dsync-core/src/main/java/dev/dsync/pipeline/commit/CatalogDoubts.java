package dev.dsync.pipeline.commit;

import dev.dsync.catalog.Commit;
import dev.dsync.catalog.CommitLog;
import dev.dsync.catalog.Root;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.pack.PackId;
import dev.dsync.pipeline.parts.SuspectCopies.Suspect;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What checks found wrong with copies of the newest commit and of the packs it names. The next commit stores anew what
 * lies in those packs: this home's catalog has it all.
 */
public final class CatalogDoubts {

    /** No doubt. */
    static final CatalogDoubts NONE = new CatalogDoubts(List.of());

    private final List<Suspect> suspects;

    public CatalogDoubts(List<Suspect> suspects) {
        this.suspects = List.copyOf(suspects);
    }

    /** Whether they are about this very commit: an older one's packs and copies matter to nobody. */
    boolean concern(CommitLog.Head head) throws IOException {
        if (suspects.isEmpty()) {
            return false;
        }
        Root root = Root.decode(head.root().toArray());
        boolean commit = root.copies().stream()
                .map(copy -> new StoredCopy(copy.target(), copy.commit()))
                .anyMatch(copy -> suspects.stream().anyMatch(suspect -> suspect.concerns(copy)));
        return commit || !packs(head).isEmpty();
    }

    /** The segments before the first of which a part lies in a doubted pack; the others are to be stored anew. */
    List<Commit.Segment> sound(Commit commit, CommitLog.Head head) throws IOException {
        Set<PackId> doubted = suspects.isEmpty() ? Set.of() : packs(head);
        List<Commit.Segment> sound = new ArrayList<>();
        for (Commit.Segment segment : commit.segments()) {
            if (segment.blocks().stream().map(Commit.Block::pack).anyMatch(doubted::contains)) {
                break;
            }
            sound.add(segment);
        }
        return sound;
    }

    private Set<PackId> packs(CommitLog.Head head) throws IOException {
        Root root = Root.decode(head.root().toArray());
        Map<PackId, Commit.CatalogPack> located = CommitPacks.located(CommitReader.decode(head), root);
        Set<PackId> doubted = new HashSet<>();
        for (Commit.CatalogPack pack : located.values()) {
            if (pack.copies().stream().anyMatch(copy -> suspects.stream().anyMatch(one -> one.concerns(copy)))) {
                doubted.add(pack.id());
            }
        }
        return doubted;
    }
}
