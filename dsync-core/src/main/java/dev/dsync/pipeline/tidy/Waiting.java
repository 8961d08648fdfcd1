package dev.dsync.pipeline.tidy;

import dev.dsync.catalog.StoredCopy;
import dev.dsync.pipeline.parts.HomeFacts;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.TargetId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What this home remembers of blobs that are to be deleted: since when, how large they are, whether they are data packs.
 * If it is lost, they are found again from the commits of history, and wait anew.
 */
public final class Waiting {

    /** Size of a blob that nobody knows. */
    static final long UNKNOWN = -1;

    /**
     * One blob.
     *
     * @param since when it was first found to be of no use
     * @param bytes its size, or {@link #UNKNOWN}
     */
    record Note(Instant since, long bytes, boolean dataPack) {}

    private static final int FIELDS = 5;

    private final HomeFacts home;
    private final Map<StoredCopy, Note> notes = new LinkedHashMap<>();

    Waiting(HomeFacts home) {
        this.home = home;
        home.waiting().ifPresent(lines -> lines.lines().forEach(this::read));
    }

    /** A line: seconds since 1970, target, address, bytes, whether a data pack. Addresses have no blanks. */
    private void read(String line) {
        String[] fields = line.split(" ", FIELDS);
        notes.put(
                new StoredCopy(new TargetId(fields[1]), new BlobAddress(fields[2])),
                new Note(
                        Instant.ofEpochSecond(Long.parseLong(fields[0])),
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
        notes.forEach((blob, note) -> lines.append(note.since().getEpochSecond())
                .append(' ')
                .append(blob.target())
                .append(' ')
                .append(blob.address().value())
                .append(' ')
                .append(note.bytes())
                .append(note.dataPack() ? " 1\n" : " 0\n"));
        home.setWaiting(notes.isEmpty() ? Optional.empty() : Optional.of(lines.toString()));
    }
}
