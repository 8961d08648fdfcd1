package dev.dsync.storage;

import dev.dsync.source.FileProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder that is a target, told from all others by the id in its identity file. What lies where:
 *
 * <pre>
 * dsync-target    text: what this folder is, and a line "id: " with 32 hex digits
 * root            the newest root, as it was handed over
 * blobs/3f/3f…    one blob a file; its name, the blob's address, is 32 hex digits of which two name the folder
 * incoming/       files being written; one that is whole is renamed to where it belongs
 * </pre>
 *
 * <p>The identity file is what shows that the folder is there. A disk that is not mounted leaves an empty folder in its
 * place, which must neither be written to nor be taken for a target that has lost its blobs.
 */
final class TargetFolder {

    static final String IDENTITY_FILE = "dsync-target";

    /** What file systems and desktops leave in a folder that its owner calls empty. */
    private static final Set<String> NOT_COUNTED = Set.of(
            "lost+found",
            "System Volume Information",
            "$RECYCLE.BIN",
            ".Trashes",
            ".Spotlight-V100",
            ".fseventsd",
            ".DS_Store");

    private static final Pattern ID_LINE = Pattern.compile("^id: ([0-9a-f]{32})\\s*$", Pattern.MULTILINE);
    private static final int ID_BYTES = 16;
    private static final int MAX_IDENTITY_BYTES = 4096;

    private final Path path;
    private final String id;

    private TargetFolder(Path path, String id) {
        this.path = path;
        this.id = id;
    }

    /**
     * Finds the target in the folder, or makes it one if {@code mayCreate}. A folder that is one is only read.
     *
     * @throws IllegalArgumentException if the folder holds files that are not dsync's
     */
    static TargetFolder open(Path path, boolean mayCreate, RandomGenerator random) throws IOException {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new IllegalArgumentException(path + " is a file; a target is a folder");
        }
        Optional<String> id = readId(path);
        if (id.isEmpty() && mayCreate) {
            create(path, random);
            id = readId(path);
        }
        return new TargetFolder(path, id.orElseThrow(() -> outOfReach(path)));
    }

    TargetId targetId() {
        return new TargetId("file:" + id);
    }

    Path path() {
        return path;
    }

    Path root() {
        return path.resolve("root");
    }

    Path blobs() {
        return path.resolve("blobs");
    }

    Path incoming() {
        return path.resolve("incoming");
    }

    /** Fails if this folder is not there now, or another one is in its place. */
    void requireHere() throws IOException {
        if (!readId(path).equals(Optional.of(id))) {
            throw outOfReach(path);
        }
    }

    static TargetUnavailableException outOfReach(Path path) {
        return new TargetUnavailableException(
                "the folder " + path + " is out of reach: it has been in use, but its file " + IDENTITY_FILE
                        + " is not there now, or is that of another target; mount the disk or share that belongs there",
                FolderDiagnosis.BACK_OFF);
    }

    static String randomHex(RandomGenerator random) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The id in the folder's identity file; empty if there is no such file. */
    private static Optional<String> readId(Path path) throws IOException {
        Path file = path.resolve(IDENTITY_FILE);
        ByteBuffer text;
        try {
            BasicFileAttributes found =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            // Looked at first: opening a pipe would wait for ever.
            if (!found.isRegularFile()) {
                throw unreadable(file);
            }
            text = ByteBuffer.allocate((int) Math.min(MAX_IDENTITY_BYTES, found.size()));
            DurableFiles.read(file, 0, text);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        Matcher line = ID_LINE.matcher(new String(text.array(), StandardCharsets.UTF_8));
        if (!line.find()) {
            throw unreadable(file);
        }
        return Optional.of(line.group(1));
    }

    private static TargetBlockedException unreadable(Path file) {
        return new TargetBlockedException(
                file + " has no line \"id: \" with 32 hex digits; dsync wrote one there when it"
                        + " took this folder into use: bring that file back");
    }

    /**
     * What stands in the way of taking a folder into use that is not a target yet, as the end of a sentence; empty if nothing
     * does as far as looking can tell. Changes nothing.
     */
    static Optional<String> obstacle(Path path) {
        boolean there = Files.isDirectory(path);
        Path written = there ? path : path.getParent();
        if (written == null || !Files.exists(written)) {
            return Optional.of("make " + written + " first");
        }
        if (!Files.isDirectory(written)) {
            return Optional.of(written + " is a file, so no folder can be made in it: name another folder");
        }
        if (!Files.isWritable(written)) {
            return Optional.of("this user may not write in " + written
                    + ", or its disk is mounted read-only: see who owns it, or name another folder");
        }
        try {
            if (there) {
                requireEmpty(path);
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Optional.of(path + " cannot be read: " + FileProblem.inWords(e));
        }
    }

    private static void create(Path path, RandomGenerator random) throws IOException {
        if (Files.isDirectory(path)) {
            requireEmpty(path);
        } else {
            Path parent = path.getParent();
            if (parent == null || !Files.isDirectory(parent)) {
                throw new TargetUnavailableException(
                        "neither the folder " + path + " nor the one above it exists; mount or make the one above",
                        FolderDiagnosis.BACK_OFF);
            }
            new DurableFiles(parent).createFolder(path);
        }
        writeIdentity(path, random);
    }

    private static void writeIdentity(Path path, RandomGenerator random) throws IOException {
        String text = "This folder is a target of dsync: it holds encrypted blobs. Leave all files as they are;\n"
                + "without this one dsync takes the folder for a disk that is not mounted.\n"
                + "id: " + randomHex(random) + '\n';
        DurableFiles files = new DurableFiles(path);
        Path whole = path.resolve(IDENTITY_FILE + '.' + randomHex(random));
        files.create(whole, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        try {
            Files.move(whole, path.resolve(IDENTITY_FILE));
        } catch (FileAlreadyExistsException e) {
            // Two homes took the folder into use at once. It is what the other one made it.
            DurableFiles.removeQuietly(whole);
        }
        files.syncFolder(path);
    }

    private static void requireEmpty(Path path) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                // A crash while the folder was taken into use leaves an identity file that is not in place.
                if (!NOT_COUNTED.contains(name)
                        && !name.startsWith(".Trash-")
                        && !name.startsWith(IDENTITY_FILE + '.')) {
                    throw new IllegalArgumentException("the folder " + path + " holds files (" + name
                            + ") but no " + IDENTITY_FILE + ", so it is not dsync's; name an empty folder or a new one,"
                            + " for example " + path.resolve("dsync"));
                }
            }
        }
    }
}
