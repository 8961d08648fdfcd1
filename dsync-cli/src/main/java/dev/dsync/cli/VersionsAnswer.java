package dev.dsync.cli;

import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.cli.settings.ByteCount;
import dev.dsync.source.RelativePath;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The history of a path, oldest first. */
record VersionsAnswer(RelativePath path, List<Line> versions, Times times) implements Answer {

    /**
     * One version.
     *
     * @param number from 1
     * @param from when it became part of the vault
     */
    record Line(int number, Version version, Instant from) {}

    VersionsAnswer {
        versions = List.copyOf(versions);
    }

    @Override
    public Exit exit() {
        return Exit.DONE;
    }

    @Override
    public void toProgram(JsonFields json) {
        json.put("path", path.value())
                .list(
                        "versions",
                        versions,
                        (line, version) -> version.put("number", line.number())
                                .put("from", line.from().toString())
                                .put("kind", line.version().kind().name().toLowerCase(Locale.ROOT))
                                .put("size", line.version().size())
                                .put("modified", line.version().modified().toString())
                                .put("sha256", line.version().sha256())
                                .put("deleted", line.version().deleted()));
    }

    @Override
    public void toPeople(PrintStream text) {
        for (Line line : versions) {
            text.printf(
                    Locale.ROOT,
                    "%4d  from %s  %s%n",
                    line.number(),
                    times.shownFrom(line.from()),
                    shown(line.version()));
        }
    }

    private static String shown(Version version) {
        if (version.deleted()) {
            return "deleted";
        }
        if (version.kind() == VersionKind.FOLDER) {
            return "folder";
        }
        return version.link()
                .map(to -> "link to " + Printable.of(to))
                .orElseGet(() -> ByteCount.shown(version.size()) + "  sha256 "
                        + version.sha256().map(Object::toString).orElse(""));
    }
}
