package dev.dsync.vault;

import dev.dsync.pipeline.loss.OutOfReach;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.TargetId;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Tells people which files have no complete copy any more, or none in reach, and what to do about it. */
final class LossNotices {

    /** How many files are told by name. */
    private static final int FILES_NAMED = 10;

    private final VaultParts parts;
    private final Consumer<String> notices;
    private boolean toldOfReach;

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

    /** Once for each opening: nothing about it changes from pass to pass, and finding it out takes a look at all files. */
    void outOfReach() {
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
