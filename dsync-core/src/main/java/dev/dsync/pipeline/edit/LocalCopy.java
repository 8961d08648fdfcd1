package dev.dsync.pipeline.edit;

import dev.dsync.catalog.Sha256;
import dev.dsync.catalog.Version;
import dev.dsync.pipeline.parts.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;

/** A file, link or folder of the synced folder as it was when it was found to be what a version says. */
final class LocalCopy {

    private static final int BUFFER_BYTES = 1 << 18;

    private final Path place;
    private final BasicFileAttributes seen;

    private LocalCopy(Path place, BasicFileAttributes seen) {
        this.place = place;
        this.seen = seen;
    }

    /**
     * The local copy of a version; empty if there is nothing at its path.
     *
     * @throws IOException if something else is there; the message says so in half a sentence
     */
    static Optional<LocalCopy> of(Path root, Version version) throws IOException {
        Path place = version.path().under(root);
        for (Path above = place.getParent();
                above != null && !above.equals(root.toAbsolutePath());
                above = above.getParent()) {
            if (!Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
        }
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        LocalCopy copy = new LocalCopy(place, attributes(place));
        if (!copy.holds(version)) {
            throw new IOException("has changed since it was stored: sync first");
        }
        return Optional.of(copy);
    }

    private static BasicFileAttributes attributes(Path place) throws IOException {
        return Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private boolean holds(Version version) throws IOException {
        return switch (version.kind()) {
            case FOLDER -> seen.isDirectory();
            case SYMLINK ->
                seen.isSymbolicLink()
                        && Optional.of(Files.readSymbolicLink(place).toString()).equals(version.link());
            case FILE ->
                seen.isRegularFile()
                        && seen.size() == version.size()
                        && version.sha256().equals(Optional.of(digest()));
            case DELETED -> false;
        };
    }

    private Sha256 digest() throws IOException {
        MessageDigest digest = Digests.sha256();
        byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, Math.max(1, seen.size()))];
        try (InputStream in = Files.newInputStream(place, LinkOption.NOFOLLOW_LINKS)) {
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return Sha256.of(digest.digest());
    }

    /**
     * Removes it, unless it has changed since.
     *
     * @throws IOException if it has, or cannot be removed
     */
    void remove() throws IOException {
        BasicFileAttributes now = attributes(place);
        boolean same = now.isDirectory()
                || now.size() == seen.size()
                        && now.lastModifiedTime().equals(seen.lastModifiedTime())
                        && Objects.equals(now.fileKey(), seen.fileKey());
        if (!same) {
            throw new IOException("changed while it was being deleted, and stays: sync first");
        }
        Files.delete(place);
    }
}
