package dev.dsync.web;

import dev.dsync.key.Password;
import dev.dsync.pipeline.SyncOptions;
import dev.dsync.source.ExcludeRules;
import dev.dsync.vault.Home;
import dev.dsync.vault.VaultBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * What a dashboard shows and how it is reached.
 *
 * @param host the address to listen on
 * @param port the port; 0 for any that is free
 * @param home the home it shows
 * @param vault a new way to open the home's vault, each time
 * @param folder the synced folder, if a setting names one
 * @param syncOptions how a sync is made that ends when told so
 * @param excludes what a sync leaves out
 * @param watching looks for changes from time to time; empty if only what the dashboard does is synced
 * @param password what must be known to use it; empty only on loopback
 * @param redaction takes secrets out of text that the page will show
 * @param clock the time
 * @param random for names of sessions and temporary files; should be a {@link java.security.SecureRandom}
 */
public record DashboardSettings(
        String host,
        int port,
        Home home,
        Supplier<VaultBuilder> vault,
        Optional<Path> folder,
        Function<BooleanSupplier, SyncOptions> syncOptions,
        ExcludeRules excludes,
        Optional<Watching> watching,
        Optional<Password> password,
        UnaryOperator<String> redaction,
        Clock clock,
        RandomGenerator random) {

    public DashboardSettings {
        if (password.isEmpty() && !Loopback.names(host)) {
            throw new IllegalArgumentException(host + " can be reached from elsewhere: a password is needed");
        }
    }
}
