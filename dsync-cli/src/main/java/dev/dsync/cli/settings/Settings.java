package dev.dsync.cli.settings;

import dev.dsync.codec.Compression;
import dev.dsync.pack.Suite;
import dev.dsync.pipeline.Treatment;
import dev.dsync.pipeline.Treatments;
import dev.dsync.placement.TransferRates;
import dev.dsync.vault.ConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What everything is set to: by {@code dsync.toml}, by the environment, by options; each wins over those before it.
 * Immutable.
 */
public final class Settings {

    private static final long KIBIBYTE = 1024;

    /** Variables that are dsync's but set nothing that a file could set. */
    private static final Set<String> OTHER_VARIABLES = Set.of(
            "DSYNC_HOME",
            "DSYNC_PASSPHRASE",
            "DSYNC_PASSPHRASE_FILE",
            "DSYNC_PASSPHRASE_COMMAND",
            "DSYNC_NEW_PASSPHRASE",
            "DSYNC_NEW_PASSPHRASE_FILE",
            "DSYNC_NEW_PASSPHRASE_COMMAND",
            "DSYNC_WEB_PASSWORD",
            "DSYNC_BROWSER",
            "DSYNC_DEBUG",
            "DSYNC_JAVA_OPTS");

    private final Map<Key<?>, Setting<?>> all;
    private final List<Rule> rules;
    private final List<String> remarks;

    private Settings(Map<Key<?>, Setting<?>> all, List<Rule> rules, List<String> remarks) {
        this.all = all;
        this.rules = List.copyOf(rules);
        this.remarks = List.copyOf(remarks);
    }

    /**
     * The settings of a home.
     *
     * @param file {@code dsync.toml}, which need not exist
     * @throws ConfigurationException if file or environment set something that there is not, or to what it cannot be
     */
    public static Settings read(Path file, Map<String, String> environment) throws IOException {
        SettingsFile written = SettingsFile.read(file);
        Map<Key<?>, Setting<?>> all = new LinkedHashMap<>();
        for (Key<?> key : Keys.ALL) {
            all.put(key, setting(key, written, environment));
        }
        Settings settings = new Settings(all, written.rules(), remarks(environment));
        settings.requireLevelInReach(file, written);
        return settings;
    }

    private static <T> Setting<T> setting(Key<T> key, SettingsFile file, Map<String, String> environment)
            throws ConfigurationException {
        String text = environment.get(key.variable());
        if (text != null) {
            try {
                return new Setting<>(key, key.form().read(text), Origin.ENVIRONMENT);
            } catch (IllegalArgumentException e) {
                throw new ConfigurationException(
                        "the variable " + key.variable() + " of the environment " + e.getMessage(), e);
            }
        }
        if (file.values().containsKey(key)) {
            @SuppressWarnings("unchecked") // The key's own form made the value.
            T value = (T) file.values().get(key);
            return new Setting<>(key, value, Origin.FILE);
        }
        return new Setting<>(key, key.byDefault(), Origin.DEFAULT);
    }

    private static List<String> remarks(Map<String, String> environment) throws ConfigurationException {
        List<String> remarks = new ArrayList<>();
        List<String> variables = Keys.ALL.stream().map(Key::variable).toList();
        for (String name : new TreeSet<>(environment.keySet())) {
            if (name.startsWith("DSYNC_") && !OTHER_VARIABLES.contains(name) && !variables.contains(name)) {
                remarks.add(unknownVariable(name, variables));
            }
        }
        return remarks;
    }

    /** A variable that is nearly one of ours is a mistake; any other may be somebody else's. */
    private static String unknownVariable(String name, List<String> variables) throws ConfigurationException {
        Optional<String> meant = Nearest.to(name, variables);
        if (meant.isPresent()) {
            throw new ConfigurationException("there is no setting for the variable " + name
                    + " of the environment; did you mean " + meant.get() + '?');
        }
        return "the variable " + name + " of the environment sets nothing";
    }

    private void requireLevelInReach(Path file, SettingsFile written) throws ConfigurationException {
        Setting<Integer> level = of(Keys.COMPRESSION_LEVEL);
        CompressionKind kind = get(Keys.COMPRESSION);
        boolean set = level.origin() != Origin.DEFAULT;
        if (set && kind != CompressionKind.NONE && level.value() > kind.highestLevel()) {
            String where = level.origin() == Origin.FILE
                    ? file + ", line " + written.lines().get(Keys.COMPRESSION_LEVEL)
                    : "the variable " + Keys.COMPRESSION_LEVEL.variable() + " of the environment";
            throw new ConfigurationException(where + ": " + Keys.COMPRESSION_LEVEL.name() + " is " + level.value()
                    + ", but " + kind + " has levels 1 to " + kind.highestLevel());
        }
    }

    /** The same settings, with one that an option of the command line gave. */
    public <T> Settings with(Key<T> key, T value) {
        Map<Key<?>, Setting<?>> changed = new LinkedHashMap<>(all);
        changed.put(key, new Setting<>(key, value, Origin.OPTION));
        return new Settings(changed, rules, remarks);
    }

    /** What a key is set to, and by whom. */
    @SuppressWarnings("unchecked") // A setting lies under its own key.
    public <T> Setting<T> of(Key<T> key) {
        Setting<T> setting = (Setting<T>) all.get(key);
        if (setting == null) {
            throw new IllegalArgumentException("no such setting: " + key.name());
        }
        return setting;
    }

    /** What a key is set to. */
    public <T> T get(Key<T> key) {
        return of(key).value();
    }

    /** All settings but rules. */
    public List<Setting<?>> all() {
        return List.copyOf(all.values());
    }

    /** Rules for paths of a kind, in the file's order. */
    public List<Rule> rules() {
        return rules;
    }

    /** What people should know about their settings, a sentence each. */
    public List<String> remarks() {
        return remarks;
    }

    /** The level that compression works at: the one set, else the usual one; a level out of reach is the highest. */
    public int compressionLevel() {
        CompressionKind kind = get(Keys.COMPRESSION);
        Setting<Integer> level = of(Keys.COMPRESSION_LEVEL);
        return level.origin() == Origin.DEFAULT ? kind.usualLevel() : Math.min(level.value(), kind.highestLevel());
    }

    /** What is done with the content of files before it is stored. */
    public Treatments treatments() {
        Treatment usual = new Treatment(compression(get(Keys.COMPRESSION)), suite(get(Keys.ENCRYPTION)));
        return new Treatments(usual, rules.stream().map(this::treatment).toList());
    }

    private Treatments.Rule treatment(Rule rule) {
        return new Treatments.Rule(
                rule.match(),
                rule.compress().map(how -> compression(how.with(get(Keys.COMPRESSION)))),
                rule.encrypt().map(yes -> yes ? Suite.AES_256_GCM : Suite.NONE));
    }

    private static Suite suite(Encryption encryption) {
        return encryption == Encryption.NONE ? Suite.NONE : Suite.AES_256_GCM;
    }

    private Compression compression(CompressionKind kind) {
        int level = kind == get(Keys.COMPRESSION) ? compressionLevel() : kind.usualLevel();
        return switch (kind) {
            case ZSTD -> Compression.zstd(level);
            case ZLIB -> Compression.zlib(level);
            case NONE -> Compression.none();
        };
    }

    /** How fast to send and fetch. */
    public TransferRates rates() {
        return new TransferRates(get(Keys.UPLOAD_LIMIT) * KIBIBYTE, get(Keys.DOWNLOAD_LIMIT) * KIBIBYTE);
    }
}
