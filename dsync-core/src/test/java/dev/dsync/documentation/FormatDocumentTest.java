package dev.dsync.documentation;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.architecture.ModuleClasses;
import dev.dsync.key.Purpose;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/format.md} says what the code does. */
class FormatDocumentTest {

    private static final Pattern CONSTANT =
            Pattern.compile("^\\| (-?[0-9,]+) \\| .* \\| `([a-zA-Z.]+)\\.([A-Z_]+)` \\|$", Pattern.MULTILINE);
    private static final Pattern BLOCK = Pattern.compile("^```\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    @Test
    void namesEveryConstantAsItIs() throws Exception {
        List<MatchResult> constants = CONSTANT.matcher(document()).results().toList();
        assertThat(constants).hasSizeGreaterThan(40);
        for (MatchResult constant : constants) {
            Field field = Class.forName(constant.group(2)).getDeclaredField(constant.group(3));
            field.setAccessible(true);
            long inCode = ((Number) field.get(null)).longValue();
            assertThat(constant.group(1).replace(",", "")).as(constant.group()).isEqualTo(Long.toString(inCode));
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesEveryPurpose(Purpose purpose) throws Exception {
        Field text = Purpose.class.getDeclaredField("text");
        text.setAccessible(true);
        assertThat(document()).contains("| `" + text.get(purpose) + "` |");
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "commit", "data-pack"})
    void showsTheBytesOfTheGoldenVault(String file) throws IOException {
        assertThat(bytesShown()).contains(stored(file));
    }

    /** The bytes in each block, without what is said of them. */
    private static Set<String> bytesShown() throws IOException {
        Set<String> shown = new HashSet<>();
        BLOCK.matcher(document()).results().forEach(block -> {
            StringBuilder bytes = new StringBuilder();
            block.group(1).lines().forEach(line -> bytes.append(line.split(" {2,}")[0]));
            shown.add(bytes.toString());
        });
        return shown;
    }

    private static String stored(String file) throws IOException {
        String name = "/dev/dsync/pipeline/golden-vault/" + file + ".hex";
        try (InputStream in = Objects.requireNonNull(FormatDocumentTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), US_ASCII).replaceAll("\\s", "");
        }
    }

    private static String document() throws IOException {
        return Files.readString(ModuleClasses.PROJECT.resolve("docs/format.md")).replace("\r\n", "\n");
    }
}
