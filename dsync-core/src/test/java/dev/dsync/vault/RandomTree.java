package dev.dsync.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A tree of files that someone works on: every step makes, changes, moves or removes something, as a seed says. */
public final class RandomTree {

    private static final List<String> NAMES =
            List.of("a", "b", "c", "Ω", "mit Leerzeichen", "-x", "ümlaut", "z.txt", ".hidden", "a\nb");
    private static final List<String> MODES = List.of("rw-r--r--", "rw-------", "rwxr-xr-x", "r--r--r--");

    private final Path root;
    private final Random random;
    private final int largestFile;

    /** @param largestFile bytes that no file is longer than when it is made */
    public RandomTree(Path root, Random random, int largestFile) {
        this.root = root;
        this.random = random;
        this.largestFile = largestFile;
    }

    /** Some edits. */
    public void edit(int steps) throws IOException {
        for (int i = 0; i < steps; i++) {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> create();
                case 3 -> folder();
                case 4 -> link();
                case 5 -> insert();
                case 6 -> overwrite();
                case 7 -> touch();
                case 8 -> move();
                default -> delete();
            }
        }
    }

    private void create() throws IOException {
        Path place = newPlace();
        if (exists(place)) {
            return;
        }
        byte[] content = new byte[random.nextInt(3) == 0 ? random.nextInt(10) : random.nextInt(largestFile)];
        if (random.nextBoolean()) {
            random.nextBytes(content);
        }
        Files.write(place, content);
        touch(place);
    }

    private void folder() throws IOException {
        Path place = newPlace();
        if (!exists(place)) {
            Files.createDirectory(place);
            setTime(place);
        }
    }

    private void link() throws IOException {
        Path place = newPlace();
        if (!exists(place)) {
            Files.createSymbolicLink(place, Path.of(random.nextBoolean() ? "nowhere" : "../" + place.getFileName()));
        }
    }

    private void insert() throws IOException {
        Path file = any(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS));
        if (file != null) {
            byte[] before = Files.readAllBytes(file);
            byte[] inserted = new byte[1 + random.nextInt(100)];
            random.nextBytes(inserted);
            int at = random.nextInt(before.length + 1);
            byte[] after = new byte[before.length + inserted.length];
            System.arraycopy(before, 0, after, 0, at);
            System.arraycopy(inserted, 0, after, at, inserted.length);
            System.arraycopy(before, at, after, at + inserted.length, before.length - at);
            replace(file, after);
        }
    }

    private void overwrite() throws IOException {
        Path file = any(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS));
        if (file != null) {
            byte[] content = Files.readAllBytes(file);
            if (content.length > 0) {
                content[random.nextInt(content.length)] ^= 1;
            }
            replace(file, content);
        }
    }

    private void replace(Path file, byte[] content) throws IOException {
        Files.delete(file);
        Files.write(file, content);
        touch(file);
    }

    private void touch() throws IOException {
        Path file = any(path -> !Files.isSymbolicLink(path));
        if (file != null) {
            touch(file);
        }
    }

    private void touch(Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(MODES.get(random.nextInt(MODES.size()))));
        }
        setTime(path);
    }

    private void setTime(Path path) throws IOException {
        int seconds = random.nextInt();
        // Java cannot set fractions of a second before 1970.
        FileTime time = FileTime.from(Instant.ofEpochSecond(seconds, seconds < 0 ? 0 : random.nextInt(1_000_000_000)));
        Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(time, null, null);
    }

    private void move() throws IOException {
        Path from = any(path -> true);
        Path to = newPlace();
        if (from != null && !exists(to) && !to.startsWith(from)) {
            Files.move(from, to);
        }
    }

    private void delete() throws IOException {
        Path path = any(one -> true);
        if (path == null) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    private Path newPlace() throws IOException {
        Path folder = random.nextInt(3) == 0 ? null : any(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS));
        return (folder == null ? root : folder).resolve(NAMES.get(random.nextInt(NAMES.size())));
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Something below the root that matches, or null if nothing does. */
    private Path any(Predicate<Path> wanted) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            List<Path> found = all.filter(path -> !path.equals(root))
                    .filter(wanted)
                    .sorted()
                    .toList();
            return found.isEmpty() ? null : found.get(random.nextInt(found.size()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
