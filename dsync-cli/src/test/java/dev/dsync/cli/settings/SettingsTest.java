package dev.dsync.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dsync.pack.Suite;
import dev.dsync.placement.TransferRates;
import dev.dsync.vault.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @TempDir
    Path folder;

    private Settings read(String toml, Map<String, String> environment) throws IOException {
        return Settings.read(Files.writeString(folder.resolve("dsync.toml"), toml), environment);
    }

    @Test
    void defaultsHoldWithoutFileAndEnvironment() throws IOException {
        Settings settings = Settings.read(folder.resolve("dsync.toml"), Map.of("PATH", "/bin"));
        assertThat(settings.all()).allMatch(setting -> setting.origin() == Origin.DEFAULT);
        assertThat(settings.get(Keys.PACK_SIZE)).isEqualTo(8_732_672);
        assertThat(settings.get(Keys.COPIES)).isEqualTo(1);
        assertThat(settings.compressionLevel()).isEqualTo(3);
        assertThat(settings.remarks()).isEmpty();
    }

    @Test
    void everyKeyOfTheDesignCanBeSet() throws IOException {
        Settings settings = read("""
                folder = "Documents"
                exclude = ["*.tmp", "/cache/"]
                interval = "90s"
                pack_size = "10 MiB"
                compression = "zlib"
                compression_level = 9
                encryption = "aes-256-gcm"
                copies = 2
                threads = 3
                read_buffer = "64 MiB"
                upload_limit = 500
                download_limit = 2048
                keep_deleted = "30d"
                keep_versions = 5
                keep_within = "90d"
                export_json = false

                [[rule]]
                match = "*.jpg"
                compress = false

                [[rule]]
                match = "/texts/"
                compress = "zlib"
                encrypt = true

                [[rule]]
                match = "public/"
                encrypt = false
                """, Map.of());
        assertThat(settings.all()).allMatch(setting -> setting.origin() == Origin.FILE);
        assertThat(settings.get(Keys.FOLDER)).isEqualTo("Documents");
        assertThat(settings.get(Keys.EXCLUDE)).containsExactly("*.tmp", "/cache/");
        assertThat(settings.get(Keys.INTERVAL)).isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.get(Keys.PACK_SIZE)).isEqualTo(10 << 20);
        assertThat(settings.rates()).isEqualTo(new TransferRates(500 * 1024, 2048 * 1024));
        assertThat(settings.get(Keys.EXPORT_JSON)).isFalse();
        assertThat(settings.compressionLevel()).isEqualTo(9);
        assertThat(settings.rules())
                .extracting(Rule::toString)
                .containsExactly(
                        "match *.jpg, compress none",
                        "match /texts/, compress zlib, encrypt true",
                        "match public/, encrypt false");
        assertThat(settings.remarks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "compression = true|zstd|aes-256-gcm",
                "compression = false|none|aes-256-gcm",
                "encryption = false|zstd|none",
                "encryption = true|zstd|aes-256-gcm",
                "encryption = \"none\"|zstd|none",
            })
    void compressionAndEncryptionCanBeSwitchedOnAndOff(String toml, String compression, String encryption)
            throws IOException {
        Settings settings = read(toml, Map.of());
        assertThat(settings.get(Keys.COMPRESSION)).hasToString(compression);
        assertThat(settings.get(Keys.ENCRYPTION)).hasToString(encryption);
        assertThat(settings.treatments().usual().suite() == Suite.NONE).isEqualTo(encryption.equals("none"));
    }

    @Test
    void patternsMayHaveCommasAndBrackets() throws IOException {
        Settings settings = read("exclude = [\"[a,b]*\", \"!keep[[]\", \"[#]x\", \"{1F-2}\", \"a/**/b/\"]", Map.of());
        assertThat(settings.get(Keys.EXCLUDE)).isEqualTo(List.of("[a,b]*", "!keep[[]", "[#]x", "{1F-2}", "a/**/b/"));
        assertThat(read("exclude = [\"x,y\"]", Map.of()).get(Keys.EXCLUDE)).isEqualTo(List.of("x,y"));
        assertThat(read("exclude = []", Map.of()).get(Keys.EXCLUDE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,b|a;b",
                "a,,b,|a;b",
                "a, b|a;b",
                "[a,b]*,c|[a,b]*;c",
                "{1F},[],x],\\,y,z|{1F};[],x];\\,y;z",
                "a~b,c~|a;b,c",
                "# mine~*.o~~|*.o",
            })
    void variableHoldsPatternsBetweenCommasOrOnLines(String variable, String patterns) throws IOException {
        String text = variable.replace('~', '\n');
        assertThat(read("", Map.of("DSYNC_EXCLUDE", text)).get(Keys.EXCLUDE)).isEqualTo(List.of(patterns.split(";")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a//b|no path can match: names stand between single slashes",
                "../x|no path can match: patterns count from the synced folder",
                "./x|no path can match: patterns count from the synced folder",
                "a/..|no path can match: patterns count from the synced folder",
                "!../x|no path can match: patterns count from the synced folder",
                ".|no path can match: patterns count from the synced folder",
                "..|no path can match: patterns count from the synced folder",
                "/|no path can match: names stand between single slashes",
                "//|no path can match: names stand between single slashes",
                "!|no path can match",
                "''|is empty: leave it out",
                "'  '|is empty: leave it out",
                "#h|is a comment there: write [#]h",
                "*.{a,b}|braces stand for themselves: write one pattern for each, or [{]",
                "a[|no path can match: close the bracket",
            })
    void patternThatCannotBeMeantIsRefused(String pattern, String message) {
        assertThatThrownBy(() -> read("copies = 1\nexclude = [\"*.o\", \"" + pattern + "\"]", Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("dsync.toml, line 2: exclude has \"" + pattern + '"')
                .hasMessageContaining(message);
    }

    @Test
    void bracesAreNotCutAtTheirCommas() {
        assertThatThrownBy(() -> read("", Map.of("DSYNC_EXCLUDE", "*.o,*.{a,b}")))
                .hasMessageContaining(
                        "DSYNC_EXCLUDE of the environment has \"*.{a,b}\", but braces stand for themselves");
        assertThatThrownBy(() -> read("[[rule]]\nmatch = \"*.{a,b}\"", Map.of()))
                .hasMessageContaining("line 2: match has \"*.{a,b}\", but braces stand for themselves");
    }

    @Test
    void environmentWinsOverFileAndOptionsOverBoth() throws IOException {
        Settings settings = read("copies = 2\nthreads = 2\n", Map.of("DSYNC_COPIES", "3", "DSYNC_EXCLUDE", "a,b"));
        assertThat(settings.of(Keys.COPIES)).isEqualTo(new Setting<>(Keys.COPIES, 3, Origin.ENVIRONMENT));
        assertThat(settings.of(Keys.THREADS).origin()).isEqualTo(Origin.FILE);
        assertThat(settings.get(Keys.EXCLUDE)).isEqualTo(List.of("a", "b"));
        assertThat(settings.with(Keys.COPIES, 4).of(Keys.COPIES).origin()).isEqualTo(Origin.OPTION);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "copys = 2|line 1: there is no setting copys; did you mean copies?",
                "copies = 2;kopien = 3|line 2: there is no setting kopien",
                "copies = \"2\"|line 1: copies must be a whole number from 1 to 16, found \"2\"",
                "copies = 0|line 1: copies must be a whole number from 1 to 16, found \"0\"",
                "threads = 2.5|line 1: threads must be a whole number",
                "interval = 60|line 1: interval must be a time such as",
                "interval = \"0s\"|line 1: interval must be a time such as",
                "interval = \"999999999d\"|line 1: interval must be a time such as",
                "pack_size = 1000|line 1: pack_size must be a number of bytes, from 5.0 MiB to 128.0 MiB",
                "compression = \"lzma\"|line 1: compression must be true or false or \"zstd\" or \"zlib\" or \"none\", found \"lzma\"",
                "exclude = \"*.tmp\"|exclude must be a list of patterns",
                "exclude = [1]|exclude must be a list of patterns",
                "copies = 1;exclude = [\"*.o\", \"a[\"]|line 2: exclude has \"a[\", which no path can match: close the bracket",
                "exclude = [\"!/\"]|line 1: exclude has \"!/\", which no path can match",
                "export_json = \"yes\"|export_json must be true or false",
                "compression = \"zlib\";compression_level = 12|line 2: compression_level is 12, but zlib has levels 1 to 9",
                "copies = 1;[[rule]];match = \"x\";compres = \"none\"|line 4: there is no setting compres; did you mean compress?",
                "[[rule]];encrypt = true|line 1: this rule lacks match",
                "rule = 3|line 1: write rules as tables",
                "[[rule]];match = \"!*.jpg\"|line 2: match must be a pattern of files",
                "[[rule]];match = \"#x\"|line 2: match must be a pattern of files",
                "[[rule]];match = \"x\";compress = 3|line 3: compress must be true or false or \"zstd\"",
                "[[rule]];match = \"x\";encrypt = \"aes\"|line 3: encrypt must be true or false",
                "threads = 1;upload_limit = \"1 MiB\"|line 2: upload_limit must be a whole number of KiB a second",
                "download_limit = -1|line 1: download_limit must be a whole number of KiB a second",
                "threads = 1;threads = 2|line 2: this is no TOML",
                "partition_size = 1|line 1: there is no setting partition_size; pack_size says",
                "buffer_size = 1|line 1: there is no setting buffer_size; read_buffer says",
                "read_buffer = 1|line 1: read_buffer must be a number of bytes, from 4.0 KiB to 16.0 GiB",
                "enable_encryption = true|line 1: there is no setting enable_encryption; write encryption =",
                "copies = = 2|line 1: this is no TOML",
                "[copies];x = 1|line 1: copies must be a whole number",
            })
    void mistakeIsNamedWithItsLine(String toml, String message) {
        assertThatThrownBy(() -> read(toml.replace(';', '\n'), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("dsync.toml")
                .hasMessageContaining(message);
    }

    @Test
    void mistakesInTheEnvironmentAreNamedToo() throws IOException {
        assertThatThrownBy(() -> read("", Map.of("DSYNC_COPIES", "two")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("DSYNC_COPIES")
                .hasMessageContaining("\"two\"");
        assertThatThrownBy(() -> read("", Map.of("DSYNC_COPYS", "2")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("DSYNC_COPYS of the environment; did you mean DSYNC_COPIES?");
        assertThatThrownBy(() -> read("", Map.of("DSYNC_EXCLUDE", "a,[")))
                .hasMessageContaining("DSYNC_EXCLUDE")
                .hasMessageContaining("close the bracket");
        assertThatThrownBy(() -> read("compression = \"zlib\"", Map.of("DSYNC_COMPRESSION_LEVEL", "12")))
                .hasMessageContaining(
                        "the variable DSYNC_COMPRESSION_LEVEL of the environment: compression_level is 12");
        assertThat(read("", Map.of("DSYNC_ON_THE_MOON", "2", "DSYNC_HOME", "/x"))
                        .remarks())
                .containsExactly("the variable DSYNC_ON_THE_MOON of the environment sets nothing");
    }

    @Test
    void byteOrderMarkOfAnEditorIsNoMistake() throws IOException {
        assertThat(read("\uFEFFcopies = 2\r\n", Map.of()).get(Keys.COPIES)).isEqualTo(2);
    }

    @Test
    void fileThatCannotBeReadIsAMistakeInTheConfiguration() throws IOException {
        Path file = Files.createDirectory(folder.resolve("dsync.toml"));
        assertThatThrownBy(() -> Settings.read(file, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(file + " cannot be read: is a folder");
    }

    @Test
    void textThatIsNotUtf8IsRefused() throws IOException {
        Path file = folder.resolve("dsync.toml");
        Files.write(file, "folder = \"ä\"".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Settings.read(file, Map.of())).hasMessageContaining("is not UTF-8 text");
    }

    @ParameterizedTest
    @CsvSource({"512, 512", "8M, 8388608", "8 MiB, 8388608", "1.5GB, 1500000000", "2kib, 2048", "0, 0"})
    void bytesAreRead(String text, long bytes) {
        assertThat(ByteCount.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1.0 KiB", "8732672, 8.3 MiB", "1048575, 1.0 MiB"})
    void bytesAreShown(long bytes, String text) {
        assertThat(ByteCount.shown(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0s, 0s", "90s, 90s", "60s, 1m", "90m, 90m", "24h, 1d", "2w, 14d"})
    void timeSpansAreReadAndShown(String text, String shown) {
        assertThat(TimeSpan.shown(TimeSpan.parse(text))).isEqualTo(shown);
        assertThat(TimeSpan.parse(shown)).isEqualTo(TimeSpan.parse(text));
    }

    @Test
    void nearestWordIsFoundOnlyIfItIsNear() {
        assertThat(Nearest.to("recovry.md", List.of("docs", "recovery.md"))).contains("recovery.md");
        assertThat(Nearest.to("SYNC", List.of("sync"))).contains("sync");
        assertThat(Nearest.to("frobnicate", List.of("sync", "ls"))).isEmpty();
    }
}
