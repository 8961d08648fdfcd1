package dev.dsync.pipeline;

import java.io.IOException;
import java.nio.file.Path;

/** The synced folder is empty while the vault has files of it: more likely a disk is not mounted than all was deleted. */
public final class SuddenlyEmptyException extends IOException {

    private static final long serialVersionUID = 1;

    public SuddenlyEmptyException(Path folder, long files) {
        super(
                "the synced folder " + folder + " is empty, or patterns leave out all that is in it, but the vault has "
                        + files
                        + " files of it. If a disk is not mounted, mount it; if patterns are at fault, mend them; if all files were meant to go, use --allow-empty");
    }
}
