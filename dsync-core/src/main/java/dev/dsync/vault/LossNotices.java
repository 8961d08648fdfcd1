package dev.dsync.vault;

import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.StoredPack;
import dev.dsync.pack.PackKind;
import dev.dsync.pipeline.loss.OutOfReach;
import dev.dsync.pipeline.loss.Reach;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.TargetGoneException;
import dev.dsync.storage.TargetId;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Tells people which files have no complete copy any more, or none in reach, which packs have fewer copies than asked for,
 * and what to do about it.
 */
final class LossNotices {

    /** How many files are told by name. */
    private static final int FILES_NAMED = 10;

    private final VaultParts parts;
    private final Consumer<String> notices;
    private boolean toldOfReach;
    private boolean toldOfAway;
    private long toldOfFewer;

    LossNotices(VaultParts parts, Consumer<String> notices) {
        this.parts = parts;
        this.notices = notices;
    }

    /** Tells of files that are lost, if there are any; {@code who} stores them again. */
    void lost(List<RelativePath> lost, String who) {
        if (!lost.isEmpty()) {
            notices.accept(lost.size() + (lost.size() == 1 ? " file has" : " files have")
                    + " no complete copy on any target any more: " + some(lost) + ". " + who
                    + " stores them again from the synced folder");
        }
    }

    private static String some(List<RelativePath> files) {
        return files.stream().limit(FILES_NAMED).map(RelativePath::value).collect(Collectors.joining(", "))
                + (files.size() > FILES_NAMED ? " and others" : "");
    }

    /** Tells once of each line whose target cannot be used now; those that are gone for good are told elsewhere. */
    void away(OpenTargets targets) {
        if (toldOfAway) {
            return;
        }
        toldOfAway = true;
        targets.unreachable().forEach((line, why) -> {
            if (!(why instanceof TargetGoneException)) {
                notices.accept("line " + line.number() + " of webhooks.txt names a target that cannot be used now: "
                        + why.getMessage() + ". Going on without it");
            }
        });
    }

    /**
     * Tells how many packs lie on fewer targets than asked for, when that number was not told before. Those that lie on no
     * target that a line names are told as out of reach.
     */
    void fewerThan(int copies) {
        long few = copies == 1 ? 0 : countFewerThan(copies);
        if (few > 0 && few != toldOfFewer) {
            notices.accept(few + (few == 1 ? " pack lies" : " packs lie") + " on fewer than " + copies
                    + " targets, though copies = " + copies + ". "
                    + (parts.pool().live().size() < copies
                            ? "Too few targets can be used now: bring back what is away, or add a line to"
                                    + " webhooks.txt; then the next syncs make the missing copies"
                            : "The next syncs make the missing copies; 'dsync check --repair' makes all at once"));
        }
        toldOfFewer = few;
    }

    private long countFewerThan(int copies) {
        Reach reach = new Reach(parts);
        long few = 0;
        try (Cursor<StoredPack> packs = parts.catalog().packs().all(PackKind.DATA)) {
            while (packs.hasNext()) {
                long expected = reach.expectedCopies(packs.next());
                few += expected > 0 && expected < copies ? 1 : 0;
            }
        }
        return few;
    }

    /** Tells, after a sync, of what it could not make good. */
    void stored(int copies) {
        outOfReach();
        fewerThan(copies);
    }

    /** Once for each opening: nothing about it changes from pass to pass, and finding it out takes a look at all files. */
    private void outOfReach() {
        if (toldOfReach) {
            return;
        }
        toldOfReach = true;
        OutOfReach.Found found = new OutOfReach(parts).find();
        if (!found.files().isEmpty()) {
            notices.accept(found.files().size() + (found.files().size() == 1 ? " file is" : " files are")
                    + " out of reach: " + some(found.files())
                    + ". A part of each lies only on targets that no line of webhooks.txt names ("
                    + found.targets().stream().map(TargetId::value).sorted().collect(Collectors.joining(", "))
                    + "). Put the lines back, or have what is in the synced folder stored anew with"
                    + " 'dsync sync --again .'");
        }
    }
}
