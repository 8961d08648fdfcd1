package dev.dsync.pipeline.tidy;

import dev.dsync.catalog.StoredCopy;
import dev.dsync.pipeline.parts.HomeFacts;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.TargetId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What this home remembers of blobs that are to be deleted: since when, how large they are, whether they are data packs.
 * If it is lost, they are found again, and wait anew.
 */
public final class Waiting {

    /** Size of a blob that nobody knows. */
    static final long UNKNOWN = -1;

    /**
     * One blob.
     *
     * @param since how much {@linkplain CountedTime time was counted} when it was first found to be of no use
     * @param bytes its size, or {@link #UNKNOWN}
     */
    record Note(Duration since, long bytes, boolean dataPack) {}

    private static final int FIELDS = 5;

    private final Consumer<Optional<String>> memory;
    private final Map<StoredCopy, Note> notes = new LinkedHashMap<>();

    private Waiting(Optional<String> known, Consumer<Optional<String>> memory) {
        this.memory = memory;
        known.ifPresent(lines -> lines.lines().forEach(this::read));
    }

    /** Blobs that commits of the past left behind. */
    static Waiting garbage(HomeFacts home) {
        return new Waiting(home.waiting(), home::setWaiting);
    }

    /** Blobs that nobody knows. */
    static Waiting orphans(HomeFacts home) {
        return new Waiting(home.orphans(), home::setOrphans);
    }

    /** A line: seconds counted then, target, address, bytes, whether a data pack. Addresses have no blanks. */
    private void read(String line) {
        String[] fields = line.split(" ", FIELDS);
        notes.put(
                new StoredCopy(new TargetId(fields[1]), new BlobAddress(fields[2])),
                new Note(
                        Duration.ofSeconds(Long.parseLong(fields[0])),
                        Long.parseLong(fields[3]),
                        fields[4].equals("1")));
    }

    Optional<Note> find(StoredCopy blob) {
        return Optional.ofNullable(notes.get(blob));
    }

    void add(StoredCopy blob, Note note) {
        notes.put(blob, note);
    }

    /** Keeps the notes of these blobs alone, and writes them down. */
    void keep(Set<StoredCopy> blobs) {
        notes.keySet().retainAll(blobs);
        save();
    }

    /** Writes the notes down. */
    void save() {
        StringBuilder lines = new StringBuilder();
        notes.forEach((blob, note) -> lines.append(note.since().toSeconds())
                .append(' ')
                .append(blob.target())
                .append(' ')
                .append(blob.address().value())
                .append(' ')
                .append(note.bytes())
                .append(note.dataPack() ? " 1\n" : " 0\n"));
        memory.accept(notes.isEmpty() ? Optional.empty() : Optional.of(lines.toString()));
    }
}
