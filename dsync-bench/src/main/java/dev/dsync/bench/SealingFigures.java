package dev.dsync.bench;

/**
 * How fast packs are sealed and verified, beside AES-256-GCM itself.
 *
 * @param rounds in which both were taken in turns
 * @param bytes sealed in a round, each time
 * @param packsBytesPerSecond into packs, the median of all rounds
 * @param bareBytesPerSecond by the cipher alone, the median of all rounds
 * @param ratio of the two speeds in one round, the median of all rounds: 1 is as fast as the cipher alone
 * @param lowerQuartile of those ratios: a quarter of the rounds is below
 * @param upperQuartile of those ratios: a quarter of the rounds is above
 */
public record SealingFigures(
        int rounds,
        long bytes,
        double packsBytesPerSecond,
        double bareBytesPerSecond,
        double ratio,
        double lowerQuartile,
        double upperQuartile) {}
