package dev.dsync.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A vault in a browser: a web server with one page and the HTTP interface behind it, described by {@code /openapi.json}.
 * It holds the home's lock only while it writes, so commands in the same home go on working beside it. Closing it lets
 * what is under way end at a safe point.
 */
public final class Dashboard implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Dashboard.class);

    /** Listeners and transfers each occupy a thread while they last. */
    private static final int MOST_THREADS = 200;

    /** How long work waits for another process in the home. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What a request may carry that is no file: a long list of selected paths. */
    private static final int MOST_BODY_BYTES = 8 << 20;

    /** The longest path of Linux, each byte written as three characters, and the headers of a browser beside it. */
    private static final int MOST_HEADER_BYTES = 32 << 10;

    private final DashboardSettings settings;
    private final Feed feed = new Feed();
    private final EventStream events = new EventStream(feed);
    private final VaultDoor door;
    private final Players players;
    private final Passes passes;
    private final CatalogWatch news;
    private final Checks checks;
    private final State state;
    private final FreshFiles fresh;
    private final Uploads uploads;
    private final Guard guard;
    private final Routes routes;
    private final Javalin server;

    private Dashboard(DashboardSettings settings) {
        this.settings = settings;
        Activity activity = new Activity(
                settings.home().logs().resolve("activity.log"), feed, settings.clock(), settings.redaction());
        FileNews files = new FileNews(feed, settings.clock());
        TargetNews targets = new TargetNews(feed, settings.clock(), settings.redaction());
        door = new VaultDoor(settings, activity, targets);
        players = new Players(door, settings.clock());
        passes = new Passes(door, settings, feed, activity, files, PATIENCE);
        news = new CatalogWatch(door, files, feed, activity, passes.own());
        fresh = new FreshFiles(door, passes, feed, settings.redaction(), Uploads.PATIENCE);
        uploads = new Uploads(door, fresh, settings);
        checks = new Checks(door, settings, feed, activity);
        state = new State(settings, door, passes, feed, activity);
        Logins logins = new Logins(settings, activity);
        guard = new Guard(settings, logins);
        routes = new Routes();
        routeFiles(files, activity);
        routeVault(targets, activity);
        routePage(logins);
        server = Javalin.create(this::configure);
    }

    /**
     * Starts a dashboard.
     *
     * @throws IOException if its address cannot be listened on
     */
    public static Dashboard start(DashboardSettings settings) throws IOException {
        Dashboard dashboard = new Dashboard(settings);
        try {
            dashboard.server.start(settings.host(), settings.port());
        } catch (RuntimeException e) {
            dashboard.close();
            throw new IOException(
                    "the dashboard cannot listen on " + settings.host() + " port " + settings.port()
                            + ": is another one running? Give another --port",
                    e);
        }
        dashboard.sweep();
        dashboard.news.start();
        dashboard.state.startWatching();
        return dashboard;
    }

    /** What cannot be removed does no harm: no sync takes it in. */
    private void sweep() {
        try {
            uploads.sweep();
        } catch (IOException | RuntimeException e) {
            LOG.warn("what a dashboard left that was killed cannot be removed", e);
        }
    }

    private void routeFiles(FileNews news, Activity activity) {
        Folders folders = new Folders(door);
        Content content = new Content(door, players, activity);
        Archive archive = new Archive(door, activity);
        Removal removal = new Removal(door, passes, news, activity);
        History history = new History(door);
        routes.add("GET", "/api/files", folders::list)
                .add("POST", "/api/files", uploads::receive)
                .add("DELETE", "/api/uploads", fresh::cancel)
                .add("DELETE", "/api/files", removal::delete)
                .add("POST", "/api/undelete", removal::undelete)
                .add("POST", "/api/restore", removal::restore)
                .add("GET", "/api/trash", folders::trash)
                .add("GET", "/api/search", new Search(door, news)::find)
                .add("GET", "/api/content", content::send)
                .add("HEAD", "/api/content", content::send)
                .add("GET", "/api/thumbnail", new Thumbnails(door)::send)
                .add("GET", "/api/archive", archive::send)
                .add("POST", "/api/archive", archive::send)
                .add("GET", "/api/versions", history::versions)
                .add("GET", "/api/commits", history::commits);
    }

    private void routeVault(TargetNews targets, Activity activity) {
        TargetLines lines = new TargetLines(settings, door, activity, feed);
        routes.add("GET", "/api/status", new Status(door, settings, targets)::send)
                .add("GET", "/api/losses", new Losses(door)::send)
                .add("GET", "/api/growth", new Growth(door)::send)
                .add("POST", "/api/sync", this::sync)
                .add("GET", "/api/check", checks::send)
                .add("POST", "/api/check", checks::begin)
                .add("DELETE", "/api/check", checks::stop)
                .add("POST", "/api/targets", lines::add)
                .add("POST", "/api/targets/test", lines::test)
                .add("GET", "/api/state", state::send)
                .add("POST", "/api/watch", state::change)
                .add("GET", "/api/activity", context -> Json.answer(context, activity.all()))
                .add("GET", "/api/events", events::serve);
    }

    private void routePage(Logins logins) {
        PageFiles page = new PageFiles();
        routes.add("POST", "/api/login", logins::login)
                .add("POST", "/api/logout", logins::logout)
                .add("GET", "/openapi.json", page::openApi)
                .add("GET", "/page/{name}", page::named)
                .add("GET", "/", page::index);
    }

    private void sync(Context context) throws IOException, InterruptedException {
        ObjectNode report = Passes.told(Removal.wait(passes.sync()));
        report.remove(List.of("kind", "state"));
        Json.answer(context, report);
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.generateEtags = false;
        config.http.maxRequestSize = MOST_BODY_BYTES;
        config.http.compressionStrategy = io.javalin.compression.CompressionStrategy.NONE;
        config.jetty.threadPool = new QueuedThreadPool(MOST_THREADS);
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setRequestHeaderSize(MOST_HEADER_BYTES);
        });
        config.jetty.modifyServletContextHandler(handler -> handler.setMaxFormContentSize(MOST_BODY_BYTES));
        config.routes.before(guard::check);
        for (Routes.Route route : routes.all()) {
            config.routes.addHttpHandler(HandlerType.findOrCreate(route.method()), route.path(), route.handler());
        }
        config.routes.exception(Exception.class, this::fail);
        config.routes.error(404, context -> unanswered(context, "unknown_address", "nothing answers at this address"));
        config.routes.error(405, context -> unanswered(context, "method", "this address does not take this method"));
        config.http.prefer405over404 = true;
    }

    private static void unanswered(Context context, String error, String detail) {
        if (context.attribute(Json.ANSWERED) == null) {
            Json.answer(
                    context,
                    context.statusCode(),
                    Json.object().put("error", error).put("detail", detail));
        }
    }

    private void fail(Exception cause, Context context) {
        Failure failure = Failure.of(cause);
        if (failure.error().equals("internal")) {
            LOG.error("{} {} failed", context.req().getMethod(), context.path(), cause);
        }
        if (context.res().isCommitted()) {
            BrokenOff.end(context);
            return;
        }
        if (failure.status() == 503) {
            context.header("Retry-After", "5");
        }
        Json.answer(
                context,
                failure.status(),
                Json.object()
                        .put("error", failure.error())
                        .put("detail", settings.redaction().apply(failure.detail())));
    }

    /** The addresses it answers at, for whoever holds them against a description. */
    List<Routes.Route> routes() {
        return routes.all();
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** Where a browser on this machine finds it. */
    public String url() {
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        return "http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host.equals("127.0.0.1") ? "localhost" : host) + ':'
                + port();
    }

    @Override
    public void close() throws IOException {
        events.close();
        news.close();
        state.close();
        checks.close();
        passes.close();
        server.stop();
        players.close();
        door.close();
    }
}
