package dev.dsync.bench;

import java.util.Locale;

/** Figures of a catalog as a table for people. Megabytes are millions of bytes. */
final class CatalogTable {

    private static final double MEGA = 1e6;

    private final CatalogFigures figures;
    private final StringBuilder text = new StringBuilder();

    CatalogTable(CatalogFigures figures) {
        this.figures = figures;
    }

    String text() {
        line(
                "%,d files of %,d chunks, %,d in a pack, %,d commits; heap of at most %,.0f MB",
                figures.files(),
                figures.chunks(),
                figures.packChunks(),
                figures.commits(),
                figures.maxHeapBytes() / MEGA);
        line("");
        line("%-44s %12s %10s %12s", "", "how many", "seconds", "a second");
        for (CatalogFigures.Step step : figures.steps()) {
            line("%-44s %,12d %10.3f %,12.0f", step.name(), step.count(), step.seconds(), step.perSecond());
        }
        line("");
        line(
                "database %,.1f MB, %,.0f bytes a file: %,.0f for its path and version, %,.1f for each chunk",
                figures.databaseBytes() / MEGA,
                figures.databaseBytesPerFile(),
                figures.fileBytes(),
                figures.chunkBytes());
        line(
                "at most %,.1f MB of heap and %,.1f MB of memory in all",
                figures.memory().heapBytes() / MEGA, figures.memory().processBytes() / MEGA);
        return text.toString();
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }
}
