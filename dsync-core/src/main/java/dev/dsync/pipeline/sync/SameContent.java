package dev.dsync.pipeline.sync;

import dev.dsync.catalog.Sha256;
import dev.dsync.catalog.Version;
import dev.dsync.pipeline.loss.PackTrust;
import dev.dsync.pipeline.parts.Digests;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.source.FileMeta;
import dev.dsync.source.SourceFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Tells whether a file holds what a version says, by reading it: nothing is stored and no target is asked. */
final class SameContent {

    private static final int PIECE_BYTES = 1 << 18;

    private final VaultParts vault;
    private final PackTrust trust;
    private final IntConsumer progress;

    /** @param progress hears of the bytes read */
    SameContent(VaultParts vault, PackTrust trust, IntConsumer progress) {
        this.vault = vault;
        this.trust = trust;
        this.progress = progress;
    }

    /** Whether all that the version is made of lies in packs that count. */
    boolean isHeld(Version version) {
        return vault.catalog().versions().chunks(version).stream().allMatch(trust::holds);
    }

    /** What the file was while it was read, if it held just this. */
    Optional<FileMeta> found(SourceFile file, Version version) {
        try {
            FileMeta before = file.metaNow();
            boolean same = version.sha256().equals(Optional.of(digest(file))) && !file.changedSince(before);
            return same ? Optional.of(before) : Optional.empty();
        } catch (IOException e) {
            // The usual way reads it again and tells what is wrong.
            return Optional.empty();
        }
    }

    private Sha256 digest(SourceFile file) throws IOException {
        MessageDigest digest = Digests.sha256();
        ByteBuffer buffer = ByteBuffer.allocate(
                (int) Math.min(PIECE_BYTES, Math.max(1, file.meta().size())));
        try (SeekableByteChannel channel = file.open()) {
            for (int read = channel.read(buffer); read >= 0; read = channel.read(buffer.clear())) {
                digest.update(buffer.flip());
                progress.accept(read);
            }
        }
        return Sha256.of(digest.digest());
    }
}
