package dev.dsync.bench;

/**
 * What one run of the whole pipeline came to.
 *
 * @param corpus the folder
 * @param cores that the virtual machine may use
 * @param maxHeapBytes the most its heap may have
 * @param limits what this machine can do at most, measured in the same run
 * @param sync the first sync
 * @param storedBytes every byte put on the target in it
 * @param packs packs stored in it
 * @param syncAgain a second sync, with nothing new
 * @param restore bringing everything back
 * @param identical whether every restored file had the content it went in with
 * @param peakHeapBytes the most the heap held after the limits were measured; what a process shows is more
 * @param peakProcessBytes the most memory the process had at any time, 0 where the system does not tell
 */
public record PipelineFigures(
        String corpus,
        int cores,
        long maxHeapBytes,
        Limits limits,
        Step sync,
        long storedBytes,
        long packs,
        Step syncAgain,
        Step restore,
        boolean identical,
        long peakHeapBytes,
        long peakProcessBytes) {

    /**
     * One step.
     *
     * @param bytes content read or written
     * @param files that it was in
     * @param seconds it took, opening the vault included
     */
    public record Step(long bytes, long files, double seconds) {

        double bytesPerSecond() {
            return seconds == 0 ? 0 : bytes / seconds;
        }
    }
}
