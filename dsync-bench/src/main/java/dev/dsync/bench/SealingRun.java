package dev.dsync.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes both ways of {@link SealingWork} in turns, so that a machine that is slower for a while is so for both. Rounds
 * in which the virtual machine still compiles do not count.
 */
final class SealingRun {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final long BYTES = (long) SealingWork.CHUNKS * SealingWork.CHUNK_BYTES;

    private final int warmUp;
    private final int rounds;

    /**
     * @param warmUp rounds before those that count
     * @param rounds that count
     */
    SealingRun(int warmUp, int rounds) {
        this.warmUp = warmUp;
        this.rounds = rounds;
    }

    SealingFigures run() {
        List<Double> packs = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        try (SealingWork work = new SealingWork()) {
            for (int round = -warmUp; round < rounds; round++) {
                double packsSpeed = speed(work::sealAndVerifyPacks);
                double bareSpeed = speed(work::bareSealAndOpen);
                if (round >= 0) {
                    packs.add(packsSpeed);
                    bare.add(bareSpeed);
                    ratios.add(packsSpeed / bareSpeed);
                }
            }
        }
        return new SealingFigures(
                rounds,
                BYTES,
                Quantiles.median(packs),
                Quantiles.median(bare),
                Quantiles.median(ratios),
                Quantiles.of(ratios, 0.25),
                Quantiles.of(ratios, 0.75));
    }

    private static double speed(Runnable work) {
        long started = System.nanoTime();
        work.run();
        return BYTES * NANOS_PER_SECOND / (System.nanoTime() - started);
    }
}
