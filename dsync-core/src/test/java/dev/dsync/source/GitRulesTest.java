package dev.dsync.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares what is left out of random trees under random rules with what git itself ignores there. */
class GitRulesTest {

    private static final List<String> NAMES =
            List.of("a", "b", "ab", "abc", "a.b", "b-a", "#a", "!b", "a b", "a ", "[a]", "*", "a]b");
    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "c",
            "ab",
            "*",
            "*",
            "?",
            "**",
            "/",
            "/",
            "**/",
            "/**",
            "/**/",
            "[ab]",
            "[!a]",
            "[^b]",
            "[a-c]",
            "[c-a]",
            "[]a]",
            "[a",
            "[[:alpha:]]",
            "[![:alnum:]]",
            "[[:x:]]",
            "[[:",
            "[\\]b]",
            "[a-",
            "[--b]",
            "\\a",
            "\\*",
            "\\",
            "\\ ",
            " ",
            ".",
            "-",
            "#",
            "!",
            "]",
            "***");

    @TempDir
    Path folder;

    static Stream<Long> seeds() {
        return Stream.iterate(1L, seed -> seed + 1).limit(30);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void leavesOutExactlyWhatGitIgnores(long seed) throws Exception {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Path settings = folder.resolve("settings");
        Random random = new Random(seed);
        List<String> globalRules = rules(random);
        Files.writeString(settings, String.join("\n", globalRules));
        List<String> paths = new ArrayList<>();
        grow(tree, "", random, paths);

        TreeSet<String> byGit = ignoredByGit(tree, settings, paths);
        SourceTree source = new SourceTree(tree, ExcludeRules.of(globalRules), List.of());
        TreeSet<String> byWalk = new TreeSet<>(paths);
        Walked walked = Walked.through(source);
        byWalk.removeAll(walked.paths());
        byWalk.removeAll(walked.folders().keySet());
        assertThat(byWalk).as("seed %s", seed).isEqualTo(byGit);
        for (String path : paths) {
            FileKind kind = Files.isDirectory(tree.resolve(path)) ? FileKind.FOLDER : FileKind.FILE;
            assertThat(walked.walk().fate(RelativePath.of(path), kind))
                    .as("seed %s, path %s", seed, path)
                    .isEqualTo(byGit.contains(path) ? Fate.EXCLUDED : Fate.GONE);
        }
    }

    private static List<String> rules(Random random) {
        List<String> rules = new ArrayList<>();
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            StringBuilder rule = new StringBuilder(random.nextInt(4) == 0 ? "!" : "");
            random.ints(1 + random.nextInt(5), 0, PIECES.size()).forEach(piece -> rule.append(PIECES.get(piece)));
            rules.add(rule.toString());
        }
        return rules;
    }

    private static void grow(Path place, String path, Random random, List<String> paths) throws IOException {
        String text = String.join(random.nextBoolean() ? "\n" : "\r\n", rules(random));
        Files.writeString(place.resolve(".gitignore"), text);
        Files.writeString(place.resolve(".dsyncignore"), text);
        int depth = path.isEmpty() ? 0 : path.split("/").length;
        for (String name : NAMES) {
            String child = path.isEmpty() ? name : path + "/" + name;
            if (random.nextInt(5) == 0 && depth < 3) {
                paths.add(child);
                grow(Files.createDirectory(place.resolve(name)), child, random, paths);
            } else if (random.nextInt(2) == 0) {
                paths.add(child);
                Files.createFile(place.resolve(name));
            }
        }
    }

    private TreeSet<String> ignoredByGit(Path tree, Path settings, List<String> paths) throws Exception {
        git(tree, "", "init", "--quiet");
        String output = git(
                tree,
                String.join("\0", paths) + "\0",
                "-c",
                "core.excludesFile=" + settings,
                "check-ignore",
                "--no-index",
                "--stdin",
                "-z");
        TreeSet<String> ignored = new TreeSet<>(List.of(output.split("\0")));
        ignored.remove("");
        return ignored;
    }

    private String git(Path tree, String input, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(tree.toFile());
        builder.environment()
                .putAll(Map.of(
                        "GIT_DIR",
                        folder.resolve("repository").toString(),
                        "GIT_WORK_TREE",
                        tree.toString(),
                        "GIT_CONFIG_GLOBAL",
                        "/dev/null",
                        "GIT_CONFIG_SYSTEM",
                        "/dev/null"));
        Path in = Files.writeString(folder.resolve("input"), input);
        Path out = folder.resolve("output");
        builder.redirectInput(in.toFile()).redirectOutput(out.toFile()).redirectErrorStream(true);
        try {
            int exit = builder.start().waitFor();
            String text = new String(Files.readAllBytes(out), StandardCharsets.UTF_8);
            assertThat(exit).as(text).isLessThan(2);
            return text;
        } catch (IOException e) {
            assumeTrue(false, "no git here");
            throw e;
        }
    }
}
