package dev.dsync.bench;

import java.util.List;

/**
 * How long dsync takes from its call to its end, beside Java itself.
 *
 * @param files in the vault
 * @param javaMillis what {@code java -version} took, the median of all runs
 * @param commands what dsync took
 */
public record StartFigures(int files, double javaMillis, List<Command> commands) {

    /**
     * One command.
     *
     * @param words after {@code dsync}
     * @param millis that it took, the median of all runs
     * @param ratio to {@code java -version} given right before it, the median of all pairs
     * @param lowestRatio of all pairs
     */
    public record Command(String words, double millis, double ratio, double lowestRatio) {}
}
