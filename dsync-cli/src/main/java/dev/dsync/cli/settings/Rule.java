package dev.dsync.cli.settings;

import dev.dsync.source.PathPattern;
import java.util.Optional;

/**
 * What is to be done with the files of a pattern, instead of what the settings say of all.
 *
 * @param match which files
 * @param compress how, if the rule says so
 * @param encrypt whether, if the rule says so
 */
public record Rule(PathPattern match, Optional<RuleCompression> compress, Optional<Boolean> encrypt) {

    /** As a person would say it. */
    @Override
    public String toString() {
        return "match " + match + compress.map(how -> ", compress " + how).orElse("")
                + encrypt.map(yes -> ", encrypt " + yes).orElse("");
    }
}
