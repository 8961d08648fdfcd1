package dev.dsync.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.dsync.architecture.ModuleClasses;
import dev.dsync.cli.settings.Key;
import dev.dsync.cli.settings.Keys;
import dev.dsync.cli.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsDocumentTest {

    private static final Pattern EXAMPLE = Pattern.compile("```toml\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z_]+)` \\|", Pattern.MULTILINE);

    private final String document;

    SettingsDocumentTest() throws IOException {
        document = Files.readString(ModuleClasses.PROJECT.resolve("docs/settings.md"));
    }

    @Test
    void tableHasExactlyTheKeysThereAre() {
        List<String> rows =
                ROW.matcher(document).results().map(row -> row.group(1)).toList();
        assertThat(rows)
                .containsExactlyElementsOf(Keys.ALL.stream().map(Key::name).toList());
    }

    @Test
    void examplesAreSettings(@TempDir Path folder) throws IOException {
        Matcher example = EXAMPLE.matcher(document);
        int examples = 0;
        for (; example.find(); examples++) {
            Path file = Files.writeString(folder.resolve("dsync.toml"), example.group(1));
            assertThatCode(() -> Settings.read(file, Map.of()))
                    .as(example.group(1))
                    .doesNotThrowAnyException();
        }
        assertThat(examples).isGreaterThan(1);
    }
}
