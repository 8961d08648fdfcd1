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
        for (Line line : files) {
            Version version = line.version();
            text.println(String.format(
                            Locale.ROOT,
                            "%10s  %s  ",
                            version.kind() == VersionKind.SYMLINK ? "link" : ByteCount.shown(version.size()),
                            times.shown(version.modified()))
                    + Printable.of(version.path().value())
                    + version.link().map(to -> " -> " + Printable.of(to)).orElse("")
                    + (line.deleted() ? "  (deleted)" : ""));
        }
    }
}
