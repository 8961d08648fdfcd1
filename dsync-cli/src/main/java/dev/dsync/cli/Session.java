package dev.dsync.cli;

import dev.dsync.cli.settings.Key;
import dev.dsync.cli.settings.Keys;
import dev.dsync.cli.settings.Origin;
import dev.dsync.cli.settings.Setting;
import dev.dsync.cli.settings.Settings;
import dev.dsync.metadata.SqliteCatalogProvider;
import dev.dsync.pipeline.CommitSettings;
import dev.dsync.vault.ConfigurationException;
import dev.dsync.vault.Home;
import dev.dsync.vault.Vault;
import dev.dsync.vault.VaultBuilder;
import dev.dsync.vault.VaultCatalog;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one command works with: its home, its settings, whom to tell, and the way to its vault. */
final class Session implements Closeable {

    private final Surroundings around;
    private final Output output;
    private final String command;
    private final GlobalOptions.HomeChoice homeChoice;
    private final Home home;
    private final Passphrases passphrases;
    private Settings settings;
    private @Nullable Logs logs;

    /**
     * The session of the named command.
     *
     * @throws ConfigurationException if the settings are wrong
     */
    Session(Surroundings around, GlobalOptions options, Output output, String command) throws IOException {
        this.around = around;
        this.output = output;
        this.command = command;
        this.homeChoice = options.home(around.environment(), around.folder());
        this.home = new Home(homeChoice.folder());
        this.passphrases =
                new Passphrases(around.environment(), around.folder(), Prompt.atTerminal(), output.progress());
        this.settings = Settings.read(home.settingsFile(), around.environment());
        settings.remarks().forEach(output::notice);
    }

    Home home() {
        return home;
    }

    GlobalOptions.HomeChoice homeChoice() {
        return homeChoice;
    }

    Settings settings() {
        return settings;
    }

    /** Sets what an option of the command line said. */
    <T> void set(Key<T> key, T value) {
        settings = settings.with(key, value);
    }

    Output output() {
        return output;
    }

    Times times() {
        return new Times(around.clock());
    }

    Surroundings around() {
        return around;
    }

    /** How commits are made, by the settings. */
    CommitSettings commitSettings() {
        return new CommitSettings(
                settings.get(Keys.PACK_SIZE).intValue(),
                Math.max(2, settings.get(Keys.COPIES)),
                settings.treatments().usual().compression());
    }

    /** A path of this machine as somebody wrote it in the current folder. */
    Path path(String written) throws UsageException {
        if (written.isBlank()) {
            throw new UsageException("\"" + written + "\" names no file or folder; the current folder is .");
        }
        try {
            return around.folder().resolve(written).normalize();
        } catch (InvalidPathException e) {
            throw new UsageException("\"" + written + "\" cannot be a path here: " + e.getReason());
        }
    }

    /** The synced folder, if an option, the environment or the file names one. */
    Optional<Path> folderSet() throws IOException {
        Setting<String> folder = settings.of(Keys.FOLDER);
        if (folder.origin() == Origin.DEFAULT) {
            return Optional.empty();
        }
        if (folder.origin() != Origin.FILE) {
            return Optional.of(path(folder.value()));
        }
        try {
            return Optional.of(home.folder().resolve(folder.value()).normalize());
        } catch (InvalidPathException e) {
            throw new ConfigurationException(home.settingsFile() + ": folder \"" + folder.value()
                    + "\" cannot be a path here: " + e.getReason());
        }
    }

    /** The synced folder: the one that is set, else the one that the vault knows. */
    Path syncedFolder(Vault vault) throws IOException {
        return folderSet().orElse(vault.syncedFolder());
    }

    /** The same, as far as this home knows the vault. */
    Path syncedFolder(VaultCatalog vault) throws IOException {
        return folderSet().orElse(vault.syncedFolder());
    }

    /** Opens the vault to write; it is made if there is no trace of one. */
    Vault open() throws IOException {
        if (logs == null) {
            logs = Logs.open(home, output.manner());
        }
        return builder().open();
    }

    /** Opens a vault that there is to write. */
    Vault openExisting() throws IOException {
        logs = Logs.open(home, output.manner());
        return builder().openExisting();
    }

    /** Opens the vault to read what it holds; what is read is logged, if this home has a vault and can be written to. */
    Vault openToRead() throws IOException {
        try {
            logs = Files.exists(home.state()) ? Logs.open(home, output.manner()) : null;
        } catch (IOException e) {
            output.detail(2, "no logs are written: " + e);
        }
        return openReadOnly();
    }

    /** Begins to write the home's logs. */
    void openLogs() throws IOException {
        logs = Logs.open(home, output.manner());
    }

    /** Opens what this home knows of the vault; asks no target. */
    VaultCatalog openCatalog() throws IOException {
        return builder().openCatalog();
    }

    /** Opens the vault to read. */
    Vault openReadOnly() throws IOException {
        return builder().openReadOnly();
    }

    /** A vault to be opened, with all that is known of how. */
    VaultBuilder builder() {
        return Vault.in(home.folder())
                .catalogs(new SqliteCatalogProvider())
                .clock(around.clock())
                .threads(settings.get(Keys.THREADS))
                .readAhead(settings.get(Keys.READ_BUFFER))
                .rates(settings.rates())
                .passphrase(() -> passphrases.present(home.keyFile()))
                .notices(output::notice)
                .afterSync((vault, report) -> new Export(this, vault).after(report))
                .stop(around.stop()::requested)
                .purpose("dsync " + command);
    }

    /** Where passphrases come from. */
    Passphrases passphrases() {
        return passphrases;
    }

    @Override
    public void close() {
        passphrases.close();
        if (logs != null) {
            logs.close();
        }
    }
}
