package dev.dsync.pipeline;

import java.util.function.BooleanSupplier;

/**
 * How thorough one check is.
 *
 * @param readPercent how many of a hundred data packs are read whole and verified chunk by chunk, chosen at random; 0
 *     reads none: then it is only asked whether each is there and as long as it should be
 * @param stop asked now and then; once it says true the check ends with what it has found so far
 * @param copies on how many targets each data pack is to lie; that some lie on fewer is told, and is no problem
 */
public record CheckOptions(int readPercent, BooleanSupplier stop, int copies) {

    /** A check that is content with one copy of everything. */
    public CheckOptions(int readPercent, BooleanSupplier stop) {
        this(readPercent, stop, 1);
    }

    public CheckOptions {
        if (readPercent < 0 || readPercent > 100) {
            throw new IllegalArgumentException("a share of 0 to 100 percent can be read, not " + readPercent);
        }
    }
}
