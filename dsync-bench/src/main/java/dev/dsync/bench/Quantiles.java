package dev.dsync.bench;

import java.util.List;

/** What so many of a list of values do not exceed. */
final class Quantiles {

    private Quantiles() {}

    /** The value that half of all {@code values} do not exceed. */
    static double median(List<Double> values) {
        return of(values, 0.5);
    }

    /** The value at {@code share}, 0 to 1, of the way through all {@code values} in order; between two, both in part. */
    static double of(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        double place = share * (sorted.size() - 1);
        double below = sorted.get((int) Math.floor(place));
        double above = sorted.get((int) Math.ceil(place));
        return below + (above - below) * (place - Math.floor(place));
    }
}
