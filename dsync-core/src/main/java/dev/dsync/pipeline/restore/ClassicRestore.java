package dev.dsync.pipeline.restore;

import dev.dsync.pipeline.content.ClassicContent;
import dev.dsync.pipeline.parts.PackWorkers;
import dev.dsync.pipeline.parts.StopRequestedException;
import dev.dsync.pipeline.parts.VaultParts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Brings files of the classic layout back, several at once, each from its first byte to its last. */
final class ClassicRestore {

    private static final int PIECE_BYTES = 1 << 20;

    private final VaultParts vault;
    private final BooleanSupplier stop;
    private final RestoreWork.Outcome outcome;

    ClassicRestore(VaultParts vault, BooleanSupplier stop, RestoreWork.Outcome outcome) {
        this.vault = vault;
        this.stop = stop;
        this.outcome = outcome;
    }

    /** Restores all files; returns false if it was asked to stop. */
    boolean run(List<RestoringFile> files) throws InterruptedException {
        try {
            return new PackWorkers(vault).forEach(files.iterator(), stop, this::restore);
        } catch (StopRequestedException e) {
            return false;
        } finally {
            files.forEach(RestoringFile::abandon);
        }
    }

    private void restore(RestoringFile file) {
        byte[] piece =
                new byte[(int) Math.min(PIECE_BYTES, Math.max(1, file.version().size()))];
        try (ClassicContent content = new ClassicContent(vault, file.version(), stop);
                InputStream in = content.open()) {
            long offset = 0;
            for (int read = in.readNBytes(piece, 0, piece.length);
                    read > 0;
                    read = in.readNBytes(piece, 0, piece.length)) {
                file.write(offset, ByteBuffer.wrap(piece, 0, read));
                offset += read;
                outcome.written(read);
            }
            file.complete();
            outcome.restored(file);
        } catch (IOException e) {
            if (file.fail()) {
                outcome.failed(file, e);
            }
        }
    }
}
