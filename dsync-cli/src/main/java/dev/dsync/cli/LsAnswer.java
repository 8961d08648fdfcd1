package dev.dsync.cli;

import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.cli.settings.ByteCount;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
        TimeText utc = TimeText.utc();
        json.list(
                "files",
                files,
                (line, file) -> file.put("path", line.version().path().value())
                        .put("kind", line.version().kind().name().toLowerCase(Locale.ROOT))
                        .put("size", line.version().size())
                        .put("modified", utc.exact(line.version().modified()))
                        .put("sha256", line.version().sha256())
                        .put("link", line.version().link())
                        .put("deleted", line.deleted())
                        .put("versions", line.versions()));
    }

    @Override
    public void toPeople(PrintStream text) {
        StringBuilder lines = new StringBuilder(2 * BLOCK);
        TimeText time = times.text();
        for (Line line : files) {
            append(lines, line, time);
            if (lines.length() > BLOCK) {
                write(lines, text);
            }
        }
        write(lines, text);
    }

    /** As bytes: the stream's own way from characters takes as long as all the rest. */
    private static void write(StringBuilder lines, PrintStream text) {
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        text.write(bytes, 0, bytes.length);
        lines.setLength(0);
    }

    /** A method of its own, which Java compiles soon; a loop's body it would interpret for tens of thousands of lines. */
    private static void append(StringBuilder lines, Line line, TimeText time) {
        Version version = line.version();
        String size = version.kind() == VersionKind.SYMLINK ? "link" : ByteCount.shown(version.size());
        lines.append(" ".repeat(Math.max(0, SIZE_WIDTH - size.length())))
                .append(size)
                .append("  ");
        time.append(lines, version.modified());
        lines.append("  ").append(Printable.of(version.path().value()));
        version.link().ifPresent(to -> lines.append(" -> ").append(Printable.of(to)));
        lines.append(line.deleted() ? "  (deleted)" : "").append(System.lineSeparator());
    }
}
