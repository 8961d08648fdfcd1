package dev.dsync.cli;

import dev.dsync.cli.settings.Keys;
import dev.dsync.key.Password;
import dev.dsync.pipeline.SyncOptions;
import dev.dsync.source.ExcludeRules;
import dev.dsync.vault.ConfigurationException;
import dev.dsync.web.Dashboard;
import dev.dsync.web.DashboardSettings;
import dev.dsync.web.Watching;
import java.io.File;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the vault in a browser until it is told to stop. */
@Command(
        name = "web",
        sortOptions = false,
        header = "Show the dashboard in a browser, until Ctrl+C.",
        description = {
            "Other commands work beside it.",
            "On another address than 127.0.0.1 it wants a password: set the variable DSYNC_WEB_PASSWORD."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  dsync web --open              on http://localhost:5000",
            "  dsync web --watch             and sync what changes in the folder"
        })
final class WebCommand implements Task {

    private static final String PASSWORD = "DSYNC_WEB_PASSWORD";
    private static final int HIGHEST_PORT = 65_535;
    private static final Duration LOOK_FOR_STOP = Duration.ofMillis(100);

    @Option(names = "--port", paramLabel = "N", description = "The port; 5000 unless given, 0 for any.")
    private int port = 5000;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "The address to listen on; 127.0.0.1 unless given.")
    private String host = "127.0.0.1";

    @Option(names = "--open", description = "Open it in your browser.")
    private boolean open;

    @Option(names = "--watch", description = "Sync what changes in the synced folder.")
    private boolean watch;

    @Override
    public Answer run(Session session) throws IOException {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new UsageException("--port must be 0 to " + HIGHEST_PORT + ", found " + port);
        }
        SecureRandom random = new SecureRandom();
        DashboardSettings settings = settings(session, random);
        session.openLogs();
        Stop stop = session.around().stop();
        stop.heed();
        try (Dashboard dashboard = Dashboard.start(settings)) {
            session.output().notice("the dashboard is at " + dashboard.url() + " until you press Ctrl+C");
            if (open) {
                show(dashboard.url(), session);
            }
            while (!stop.requested()) {
                LockSupport.parkNanos(LOOK_FOR_STOP.toNanos());
            }
        }
        return Nothing.MORE;
    }

    private DashboardSettings settings(Session session, SecureRandom random) throws IOException {
        String password = session.around().environment().getOrDefault(PASSWORD, "");
        Optional<Watching> watching = watch
                ? Optional.of(new DashboardWatch(session.settings().get(Keys.INTERVAL), session.output()::notice))
                : Optional.empty();
        try {
            return new DashboardSettings(
                    host,
                    port,
                    session.home(),
                    session::builder,
                    session.folderSet(),
                    stop -> syncOptions(session, stop),
                    ExcludeRules.of(session.settings().get(Keys.EXCLUDE)),
                    watching,
                    password.isEmpty() ? Optional.empty() : Optional.of(new Password(password.toCharArray(), random)),
                    Redaction::of,
                    session.around().clock(),
                    random);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "others can reach " + host + ", so the dashboard wants a password: set the variable " + PASSWORD,
                    e);
        }
    }

    private static SyncOptions syncOptions(Session session, BooleanSupplier stop) {
        return SyncCommand.storing(session)
                .stop(stop)
                .sealedDigests(session.settings().get(Keys.EXPORT_JSON))
                .build();
    }

    private static void show(String url, Session session) {
        String nothing = "no browser could be opened; go to " + url;
        try {
            new ProcessBuilder(browser(session.around().environment(), url))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .thenAccept(ended -> {
                        if (ended.exitValue() != 0) {
                            session.output().notice(nothing);
                        }
                    });
        } catch (IOException e) {
            session.output().notice(nothing);
        }
    }

    /** What opens an address here: the first program that the variable BROWSER names, or else the system's own way. */
    private static List<String> browser(Map<String, String> environment, String url) {
        String chosen = environment.getOrDefault("BROWSER", "").split(File.pathSeparator, 2)[0];
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (!chosen.isBlank()) {
            return List.of(chosen, url);
        }
        if (system.startsWith("windows")) {
            return List.of("rundll32", "url.dll,FileProtocolHandler", url);
        }
        return List.of(system.startsWith("mac") ? "open" : "xdg-open", url);
    }
}
