package dev.dsync.pipeline;

import dev.dsync.codec.Compression;
import dev.dsync.pack.Suite;
import dev.dsync.source.PathPattern;
import dev.dsync.source.RelativePath;
import java.util.List;
import java.util.Optional;

/**
 * What is done with the content of which files. Holds for what is stored from now on: what lies on targets already stays
 * as it is until its file changes or is read again.
 *
 * @param usual of all files that no rule says otherwise of; the catalog is compressed likewise, and always encrypted
 * @param rules of some files; of those that match, the last one that speaks of a thing decides it
 */
public record Treatments(Treatment usual, List<Rule> rules) {

    /**
     * What is done with the files of a pattern.
     *
     * @param files which files
     * @param compression how chunks are made smaller, if the rule says so
     * @param suite how they are sealed, if the rule says so
     */
    public record Rule(PathPattern files, Optional<Compression> compression, Optional<Suite> suite) {}

    public Treatments {
        rules = List.copyOf(rules);
    }

    /** All content compressed in this way, and encrypted. */
    public static Treatments all(Compression compression) {
        return new Treatments(new Treatment(compression, Suite.AES_256_GCM), List.of());
    }

    /** What is done with the content of the file at {@code path}. */
    public Treatment of(RelativePath path) {
        Compression compression = usual.compression();
        Suite suite = usual.suite();
        for (Rule rule : rules) {
            if (rule.files().matches(path)) {
                compression = rule.compression().orElse(compression);
                suite = rule.suite().orElse(suite);
            }
        }
        return new Treatment(compression, suite);
    }
}
