package dev.dsync.cli;

import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.cli.settings.ByteCount;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Files, newest first. */
record LsAnswer(List<Line> files, Times times) implements Answer {

    /**
     * One file or symbolic link.
     *
     * @param version what it is, or was last if it is deleted
     * @param versions how many versions its path has
     */
    record Line(Version version, int versions, boolean deleted) {}

    /** Room for the widest, such as 1023.9 KiB. */
    private static final int SIZE_WIDTH = 10;

    /** Characters that are written at once. */
    private static final int BLOCK = 1 << 14;

    LsAnswer {
        files = List.copyOf(files);
    }

    @Override
    public Exit exit() {
        return Exit.DONE;
    }

    @Override
    public void toProgram(JsonFields json) {
        json.list(
                "files",
                files,
                (line, file) -> file.put("path", line.version().path().value())
                        .put("kind", line.version().kind().name().toLowerCase(Locale.ROOT))
                        .put("size", line.version().size())
                        .put("modified", line.version().modified().toString())
                        .put("sha256", line.version().sha256())
                        .put("link", line.version().link())
                        .put("deleted", line.deleted())
                        .put("versions", line.versions()));
    }

    @Override
    public void toPeople(PrintStream text) {
        StringBuilder lines = new StringBuilder(2 * BLOCK);
        for (Line line : files) {
            append(lines, line);
            if (lines.length() > BLOCK) {
                text.print(lines);
                lines.setLength(0);
            }
        }
        text.print(lines);
    }

    /** A method of its own, which Java compiles soon; a loop's body it would interpret for tens of thousands of lines. */
    private void append(StringBuilder lines, Line line) {
        Version version = line.version();
        String size = version.kind() == VersionKind.SYMLINK ? "link" : ByteCount.shown(version.size());
        lines.append(" ".repeat(Math.max(0, SIZE_WIDTH - size.length())))
                .append(size)
                .append("  ")
                .append(times.shown(version.modified()))
                .append("  ")
                .append(Printable.of(version.path().value()));
        version.link().ifPresent(to -> lines.append(" -> ").append(Printable.of(to)));
        lines.append(line.deleted() ? "  (deleted)" : "").append(System.lineSeparator());
    }
}
