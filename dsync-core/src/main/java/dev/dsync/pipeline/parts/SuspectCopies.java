package dev.dsync.pipeline.parts;

import dev.dsync.catalog.StoredCopy;
import dev.dsync.pack.PackId;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.TargetId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What checks of this home found missing or damaged, until a sync or a repair has dealt with it. Small text files in a
 * folder of the home's state: a check only reads the vault, while another process may be writing to it, so each check
 * leaves a file of its own, and whoever writes takes up those that are there. Lost with the state; a check finds it again.
 *
 * <pre>
 * line       what pack target address
 * what       data, catalog, commit or root; tried: a data pack that a sync could not replace wholly; gone: a target
 * pack       64 hex digits, or - where it is no pack
 * target     its id
 * address    of the blob, or - for a root or a whole target
 * </pre>
 */
public final class SuspectCopies {

    /** What kind of thing is in doubt. */
    public enum What {
        DATA,
        CATALOG,
        COMMIT,
        ROOT,
        TRIED,
        GONE
    }

    /** One copy of something, on one target. A root has no address, and only packs have an id. */
    public record Suspect(What what, Optional<PackId> pack, TargetId target, Optional<BlobAddress> address) {

        public static Suspect pack(What what, PackId pack, StoredCopy copy) {
            return new Suspect(what, Optional.of(pack), copy.target(), Optional.of(copy.address()));
        }

        public static Suspect commit(StoredCopy copy) {
            return new Suspect(What.COMMIT, Optional.empty(), copy.target(), Optional.of(copy.address()));
        }

        public static Suspect root(TargetId target) {
            return new Suspect(What.ROOT, Optional.empty(), target, Optional.empty());
        }

        public static Suspect gone(TargetId target) {
            return new Suspect(What.GONE, Optional.empty(), target, Optional.empty());
        }

        /** Whether it is about this copy. */
        public boolean concerns(StoredCopy copy) {
            return target.equals(copy.target()) && address.equals(Optional.of(copy.address()));
        }

        private String line() {
            return String.join(
                    " ",
                    what.name().toLowerCase(Locale.ROOT),
                    pack.map(PackId::toString).orElse(NONE),
                    target.value(),
                    address.map(BlobAddress::value).orElse(NONE));
        }

        private static @Nullable Suspect parse(String line) {
            String[] fields = line.split(" ");
            try {
                return fields.length != 4
                        ? null
                        : new Suspect(
                                What.valueOf(fields[0].toUpperCase(Locale.ROOT)),
                                present(fields[1])
                                        .map(hex -> PackId.of(HexFormat.of().parseHex(hex))),
                                new TargetId(fields[2]),
                                present(fields[3]).map(BlobAddress::new));
            } catch (IllegalArgumentException e) {
                // Another version's line, or a damaged one: the next check finds what it was about again.
                return null;
            }
        }

        private static Optional<String> present(String field) {
            return field.equals(NONE) ? Optional.empty() : Optional.of(field);
        }
    }

    /** What was found so far, and the files that say so. */
    public record Taken(List<Suspect> suspects, List<Path> files) {}

    private static final String NONE = "-";
    private static final String SUFFIX = ".txt";

    private final Path folder;
    private final RandomGenerator random;

    /** What lies in {@code folder}, which need not exist. */
    public SuspectCopies(Path folder, RandomGenerator random) {
        this.folder = folder;
        this.random = random;
    }

    /** Remembers that a target is gone for good, where the catalog may not be written. */
    public void gone(TargetId target) throws IOException {
        add(List.of(Suspect.gone(target)));
    }

    /** Remembers what a check found. */
    public void add(Collection<Suspect> found) throws IOException {
        if (found.isEmpty()) {
            return;
        }
        Files.createDirectories(folder);
        Path whole = folder.resolve(Long.toHexString(random.nextLong()) + SUFFIX);
        Path beside = folder.resolve(whole.getFileName() + ".new");
        Files.write(beside, found.stream().map(Suspect::line).distinct().toList(), StandardCharsets.US_ASCII);
        Files.move(beside, whole, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Everything found and not dealt with; costs next to nothing if that is nothing. */
    public Taken take() throws IOException {
        Set<Suspect> suspects = new LinkedHashSet<>();
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : all) {
                files.add(file);
                for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
                    Suspect suspect = Suspect.parse(line);
                    if (suspect != null) {
                        suspects.add(suspect);
                    }
                }
            }
        } catch (NoSuchFileException e) {
            // No check has found anything.
        }
        return new Taken(List.copyOf(suspects), List.copyOf(files));
    }

    /** Forgets what was taken, but for what is left of it. */
    public void settle(Taken taken, Collection<Suspect> left) throws IOException {
        if (taken.files().size() == 1 && List.copyOf(left).equals(taken.suspects())) {
            return;
        }
        add(left);
        for (Path file : taken.files()) {
            Files.deleteIfExists(file);
        }
    }
}
