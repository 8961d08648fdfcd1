package dev.dsync.cli.settings;

import java.util.Optional;

/**
 * What is to be done with paths of a kind, instead of what the settings say of all.
 *
 * @param match pattern of the paths, in the syntax of a {@code .gitignore}
 * @param compress how, if the rule says so
 * @param encrypt whether, if the rule says so
 */
public record Rule(String match, Optional<CompressionKind> compress, Optional<Boolean> encrypt) {

    @Override
    public String toString() {
        return "match " + match + compress.map(kind -> ", compress " + kind).orElse("")
                + encrypt.map(yes -> ", encrypt " + yes).orElse("");
    }
}
