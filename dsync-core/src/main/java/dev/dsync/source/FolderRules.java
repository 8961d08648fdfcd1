package dev.dsync.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All that decides what is left out of one folder: its own {@code .dsyncignore}, those of the folders above it, which
 * count less the further up they are, and at the end the rules from the settings. Immutable.
 */
final class FolderRules {

    /** Rules for a folder and everything beneath it. Kept safe like any other file; a link is not read. */
    static final String RULES_FILE = ".dsyncignore";

    /** Marks a folder whose content can be made again (https://bford.info/cachedir/). */
    static final String CACHE_TAG = "CACHEDIR.TAG";

    /** Names of files that dsync is still writing begin like this; they are left out everywhere. */
    static final String UNFINISHED_PREFIX = ".dsync-tmp-";

    private static final byte[] CACHE_SIGNATURE =
            "Signature: 8a477f597d28d172789f06886806bc55".getBytes(StandardCharsets.US_ASCII);

    private static final int MAX_RULES_FILE_BYTES = 1 << 20;

    private final @Nullable FolderRules above;
    private final RelativePath folder;
    private final ExcludeRules rules;
    private final boolean cache;
    private final Set<RelativePath> leftOut;

    private FolderRules(
            @Nullable FolderRules above,
            RelativePath folder,
            ExcludeRules rules,
            boolean cache,
            Set<RelativePath> leftOut) {
        this.above = above;
        this.folder = folder;
        this.rules = rules;
        this.cache = cache;
        this.leftOut = leftOut;
    }

    /** What holds before any folder was entered: {@code rules} in the synced folder, and {@code leftOut} never. */
    static FolderRules outermost(ExcludeRules rules, Set<RelativePath> leftOut) {
        return new FolderRules(null, RelativePath.ROOT, rules, false, leftOut);
    }

    /**
     * The rules inside {@code next}, a folder beneath this one or this one itself.
     *
     * @param place where {@code next} lies
     * @param holds whether {@code next} may hold a file of this name; spares looking for files that are not there
     * @throws IOException if there are rules that cannot be read; to go on without them would store what must not be
     */
    FolderRules enter(RelativePath next, Path place, Disk disk, Predicate<String> holds) throws IOException {
        ExcludeRules own = ExcludeRules.NONE;
        if (holds.test(RULES_FILE)) {
            own = readRules(place.resolve(RULES_FILE), disk);
        }
        boolean tagged = holds.test(CACHE_TAG) && isCacheTag(place.resolve(CACHE_TAG), disk);
        return own.isEmpty() && !tagged ? this : new FolderRules(this, next, own, tagged, leftOut);
    }

    private static ExcludeRules readRules(Path file, Disk disk) throws IOException {
        try {
            Optional<byte[]> text = start(file, MAX_RULES_FILE_BYTES + 1, disk);
            if (text.isPresent() && text.get().length > MAX_RULES_FILE_BYTES) {
                throw new IOException("larger than " + MAX_RULES_FILE_BYTES + " bytes");
            }
            return text.map(FolderRules::parse).orElse(ExcludeRules.NONE);
        } catch (IOException e) {
            throw new IOException("its " + RULES_FILE + " could not be read: " + FileProblem.inWords(e), e);
        }
    }

    private static ExcludeRules parse(byte[] text) {
        return ExcludeRules.parse(new String(text, StandardCharsets.UTF_8));
    }

    private static boolean isCacheTag(Path file, Disk disk) {
        try {
            return start(file, CACHE_SIGNATURE.length, disk)
                    .map(start -> Arrays.equals(start, CACHE_SIGNATURE))
                    .orElse(false);
        } catch (IOException e) {
            // A tag that cannot be read says nothing, and to store too much does less harm than too little.
            return false;
        }
    }

    /** The first bytes of a regular file, at most {@code limit}; nothing if there is none. */
    private static Optional<byte[]> start(Path file, int limit, Disk disk) throws IOException {
        try {
            if (disk.meta(file).kind() != FileKind.FILE) {
                return Optional.empty();
            }
        } catch (NoSuchFileException | SpecialFileException e) {
            // Nothing there that could hold rules.
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(in.readNBytes(limit));
        }
    }

    /** Whether {@code path}, which lies right inside the folder of these rules, is left out. */
    boolean excludes(RelativePath path, FileKind kind) {
        String name = path.name();
        if (name.startsWith(UNFINISHED_PREFIX) || leftOut.contains(path) || cache && !name.equals(CACHE_TAG)) {
            return true;
        }
        for (FolderRules level = this; level != null; level = level.above) {
            switch (level.rules.verdict(level.fromHere(path), name, kind)) {
                case EXCLUDED -> {
                    return true;
                }
                case KEPT -> {
                    return false;
                }
                case SILENT -> {}
            }
        }
        return false;
    }

    private String fromHere(RelativePath path) {
        return folder.isRoot()
                ? path.value()
                : path.value().substring(folder.value().length() + 1);
    }
}
