package dev.dsync.bench;

import java.util.Locale;

/** Figures as a table for people. Megabytes are millions of bytes. */
final class FiguresTable {

    private static final double MEGA = 1e6;

    private final PipelineFigures figures;
    private final StringBuilder text = new StringBuilder();

    FiguresTable(PipelineFigures figures) {
        this.figures = figures;
    }

    String text() {
        Limits limits = figures.limits();
        line(
                "%s: %,d files, %,.1f MB; %d cores, heap of at most %,.0f MB",
                figures.corpus(),
                limits.files(),
                limits.bytes() / MEGA,
                figures.cores(),
                figures.maxHeapBytes() / MEGA);
        line("");
        line("%-34s %10s %10s", "limits, one core each", "MB/s", "seconds");
        limit("reading", limits.reading());
        limit("SHA-256", limits.sha256());
        limit("zstd", limits.zstd());
        limit("AES-256-GCM", limits.aesGcm());
        line("");
        line("%-34s %10s %10s %12s", "dsync", "MB/s", "seconds", "files/s");
        step("sync", figures.sync());
        step("sync again, nothing new", figures.syncAgain());
        step("restore", figures.restore());
        line("");
        line(
                "stored %,.1f MB in %d packs; at most %,.1f MB of heap and %,.1f MB of memory in all",
                figures.storedBytes() / MEGA,
                figures.packs(),
                figures.peakHeapBytes() / MEGA,
                figures.peakProcessBytes() / MEGA);
        line(figures.identical() ? "restored content: identical" : "restored content: DIFFERS FROM THE CORPUS");
        return text.toString();
    }

    private void limit(String name, double bytesPerSecond) {
        double seconds = bytesPerSecond == 0 ? 0 : figures.limits().bytes() / bytesPerSecond;
        line("  %-32s %10.1f %10.2f", name, bytesPerSecond / MEGA, seconds);
    }

    private void step(String name, PipelineFigures.Step step) {
        double filesPerSecond = step.seconds() == 0 ? 0 : step.files() / step.seconds();
        line("  %-32s %10.1f %10.2f %12.0f", name, step.bytesPerSecond() / MEGA, step.seconds(), filesPerSecond);
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
