package dev.dsync.cli;

import dev.dsync.catalog.CatalogException;
import dev.dsync.cli.settings.Keys;
import dev.dsync.cli.settings.Origin;
import dev.dsync.cli.settings.Setting;
import dev.dsync.cli.settings.TomlText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Shows every setting and where it comes from. */
@Command(
        name = "config",
        sortOptions = false,
        header = "Show every setting, its value, and where it comes from.",
        description = {
            "Settings come from dsync.toml in the home, then from DSYNC_... variables, then from options.",
            "What it writes can be pasted into dsync.toml."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  dsync config", "  DSYNC_COPIES=2 dsync config"})
final class ConfigCommand implements Task {

    private static final String HOME = "home";

    /**
     * One setting.
     *
     * @param value a number, a truth value, a text, or a list of texts
     */
    private record Line(String name, Object value, Origin origin) {

        /** The home is none, and nothing compressed has no level. */
        boolean isSetting() {
            return !name.equals(HOME) && !(name.equals(Keys.COMPRESSION_LEVEL.name()) && value.equals(0));
        }
    }

    @Override
    public Answer run(Session session) throws IOException {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(
                HOME, session.home().folder().toString(), session.homeChoice().origin()));
        for (Setting<?> setting : session.settings().all()) {
            lines.add(setting.key().equals(Keys.FOLDER) ? folder(session, setting) : line(session, setting));
        }
        if (!session.settings().rules().isEmpty()) {
            lines.add(new Line("rule", session.settings().rules(), Origin.FILE));
        }
        return new Shown(lines);
    }

    private static Line line(Session session, Setting<?> setting) {
        Object value = setting.key().equals(Keys.COMPRESSION_LEVEL)
                ? session.settings().compressionLevel()
                : setting.shown();
        return new Line(setting.key().name(), value, setting.origin());
    }

    /** The folder that a sync would take. */
    private static Line folder(Session session, Setting<?> setting) throws IOException {
        Optional<Path> set = session.folderSet();
        if (set.isPresent()) {
            return new Line(setting.key().name(), set.get().toString(), setting.origin());
        }
        Optional<Path> recorded = recordedFolder(session);
        return new Line(
                setting.key().name(),
                recorded.orElse(session.home().syncedFolder()).toString(),
                recorded.isPresent() ? Origin.RECORDED : Origin.DEFAULT);
    }

    private static Optional<Path> recordedFolder(Session session) {
        try {
            return session.builder().rememberedFolder();
        } catch (CatalogException e) {
            // Settings can be shown without the catalog; commands that need it say what is wrong with it.
            session.output().detail(1, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** All settings. */
    private record Shown(List<Line> lines) implements Answer {

        @Override
        public Exit exit() {
            return Exit.DONE;
        }

        @Override
        public void toProgram(JsonFields json) {
            json.list(
                    "settings",
                    lines,
                    (line, setting) -> setting.put("name", line.name())
                            .put("value", line.value())
                            .put("origin", line.origin().toString()));
        }

        @Override
        public void toPeople(PrintStream text) {
            for (Line line : lines) {
                String setting = line.name() + " = " + TomlText.of(line.value());
                if (line.isSetting()) {
                    text.printf(Locale.ROOT, "%-46s # %s%n", setting, line.origin());
                } else {
                    text.printf(Locale.ROOT, "# %-44s # %s%n", setting, line.origin());
                }
            }
        }
    }
}
