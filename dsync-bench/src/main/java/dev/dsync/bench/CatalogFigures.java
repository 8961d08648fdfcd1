package dev.dsync.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What a catalog of many files came to.
 *
 * @param files recorded, one version each at first
 * @param chunks that they are made of
 * @param packChunks chunks in a pack
 * @param commits that carry all this
 * @param maxHeapBytes the most the heap of the virtual machine may have
 * @param steps what was done, in this order
 * @param databaseBytes the database's length after recording
 * @param fileBytes the part of it that paths and versions take, chunk lists included, for each file
 * @param chunkBytes the part of it that chunks and packs take, for each chunk
 * @param memory at most
 */
public record CatalogFigures(
        int files,
        int chunks,
        int packChunks,
        int commits,
        long maxHeapBytes,
        List<Step> steps,
        long databaseBytes,
        double fileBytes,
        double chunkBytes,
        PeakMemory memory) {

    /** The whole database for each file. */
    @JsonProperty
    public double databaseBytesPerFile() {
        return (double) databaseBytes / files;
    }

    /**
     * One thing, done many times.
     *
     * @param name what
     * @param count how often
     * @param seconds it took in all
     */
    public record Step(String name, long count, double seconds) {

        /** How often in a second. */
        @JsonProperty
        public double perSecond() {
            return seconds == 0 ? 0 : count / seconds;
        }
    }
}
