package dev.dsync.pipeline.check;

import dev.dsync.catalog.CatalogRecord;
import dev.dsync.catalog.CatalogRecord.PathVersion;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Packs.ChunkPlace;
import dev.dsync.catalog.StoredPack;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.chunk.ChunkId;
import dev.dsync.pack.PackId;
import dev.dsync.pack.PackKind;
import dev.dsync.pipeline.CheckOptions;
import dev.dsync.pipeline.CheckProblem;
import dev.dsync.pipeline.CheckProblem.Kind;
import dev.dsync.pipeline.content.ClassicContent;
import dev.dsync.pipeline.content.UnreadablePartException;
import dev.dsync.pipeline.parts.PackWorkers;
import dev.dsync.pipeline.parts.StopRequestedException;
import dev.dsync.pipeline.parts.VaultParts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks that files of the classic layout can be put together: sound parts alone do not tell that a token verifies, that
 * a stream inflates, and that the whole is what was stored.
 */
final class ClassicCheck {

    private final VaultParts vault;
    private final CheckOptions options;
    private final PackCheck packs;
    private final Findings findings;
    private final Set<PackId> read = ConcurrentHashMap.newKeySet();

    ClassicCheck(VaultParts vault, CheckOptions options, PackCheck packs, Findings findings) {
        this.vault = vault;
        this.options = options;
        this.packs = packs;
        this.findings = findings;
    }

    /** Puts together as many versions as the options say; returns false if it was asked to stop. */
    boolean run() throws InterruptedException {
        if (options.readPercent() == 0) {
            return true;
        }
        try (Cursor<CatalogRecord> records = Findings.committed(vault.catalog())) {
            return new PackWorkers(vault).forEach(new Sample(records), options.stop(), this::check);
        } catch (StopRequestedException e) {
            return false;
        }
    }

    /** Whether every copy of the part was read already. */
    boolean hasRead(StoredPack part) {
        return read.contains(part.id());
    }

    private void check(PathVersion version) {
        try (ClassicContent content = new ClassicContent(vault, version.version(), options.stop());
                InputStream in = content.open()) {
            in.transferTo(OutputStream.nullOutputStream());
            parts(version).filter(part -> part.copies().size() == 1).forEach(part -> {
                read.add(part.id());
                packs.countChunk();
            });
        } catch (UnreadablePartException e) {
            // Which part and which copy, and what is wrong with it, is for the check of packs to say.
            parts(version).filter(part -> read.add(part.id())).forEach(part -> packs.sound(part, Optional.empty()));
        } catch (IOException e) {
            findings.add(new CheckProblem(
                    Kind.CONTENT_DAMAGED,
                    Optional.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    List.of(version.version().path()),
                    "the parts of the version of commit " + version.sequence() + " do not make up the file: "
                            + e.getMessage()));
        }
    }

    private Stream<StoredPack> parts(PathVersion version) {
        return version.chunks().stream().flatMap(this::packsOf);
    }

    private Stream<StoredPack> packsOf(ChunkId chunk) {
        return vault.catalog().packs().locate(chunk).stream()
                .map(ChunkPlace::pack)
                .filter(pack -> pack.kind() == PackKind.CLASSIC);
    }

    /** The versions to look at, some chosen at random if not all. */
    private final class Sample implements Iterator<PathVersion> {

        private final Iterator<CatalogRecord> records;
        private @Nullable PathVersion next;

        Sample(Iterator<CatalogRecord> records) {
            this.records = records;
        }

        @Override
        public boolean hasNext() {
            while (next == null && records.hasNext()) {
                if (records.next() instanceof PathVersion version
                        && isClassicFile(version.version())
                        && vault.random().nextInt(100) < options.readPercent()) {
                    next = version;
                }
            }
            return next != null;
        }

        private static boolean isClassicFile(Version version) {
            return version.kind() == VersionKind.FILE && version.layout().classic();
        }

        @Override
        public PathVersion next() {
            PathVersion found = hasNext() ? next : null;
            if (found == null) {
                throw new NoSuchElementException();
            }
            next = null;
            return found;
        }
    }
}
