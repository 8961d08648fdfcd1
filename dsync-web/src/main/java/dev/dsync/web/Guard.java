package dev.dsync.web;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;

/**
 * Looks at every request before anything else does: that it was meant for this machine ({@code Host}), that no other site
 * sent it ({@code Origin}), and that whoever sends it may ({@link Logins}). Gives every answer the headers that keep a
 * browser from being talked into anything.
 */
final class Guard {

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
                    + " media-src 'self'; connect-src 'self'; frame-src 'self'; object-src 'none'; manifest-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final DashboardSettings settings;
    private final Logins logins;
    private final boolean local;
    private final String machine;

    Guard(DashboardSettings settings, Logins logins) {
        this.settings = settings;
        this.logins = logins;
        this.local = Loopback.names(settings.host());
        this.machine = machineName();
    }

    private static String machineName() {
        try {
            return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
        } catch (UnknownHostException e) {
            return "";
        }
    }

    void check(Context context) {
        headers(context);
        requireHost(context);
        requireOrigin(context);
        boolean open = !context.path().startsWith("/api/") || context.path().equals("/api/login");
        if (!open && !logins.knows(context)) {
            throw new ApiException(401, "login", "the password is needed");
        }
    }

    private static void headers(Context context) {
        context.header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "same-origin")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin");
    }

    /** A name of somebody else's that leads here would make their page part of this site. */
    private void requireHost(Context context) {
        String host = hostOf(String.valueOf(context.header("Host")));
        boolean known = Loopback.names(host)
                || !local && (Loopback.isNumeric(host) || host.equals(machine))
                || host.equals(settings.host().toLowerCase(Locale.ROOT));
        if (!known) {
            throw new ApiException(
                    403,
                    "host",
                    "this address is not one of the dashboard's own: open it at the one that 'dsync web' shows");
        }
    }

    /** The name in a {@code Host} header, without the port. */
    static String hostOf(String header) {
        String text = header.toLowerCase(Locale.ROOT);
        int colon = text.lastIndexOf(':');
        boolean port = colon > text.lastIndexOf(']') && colon >= 0;
        return port ? text.substring(0, colon) : text;
    }

    private void requireOrigin(Context context) {
        String origin = context.header("Origin");
        boolean reading = READING.contains(context.req().getMethod());
        if (origin == null) {
            if (!reading && !local) {
                throw new ApiException(403, "origin", "a request that changes something must say where it comes from");
            }
        } else if (!origin.equalsIgnoreCase("http://" + context.header("Host"))
                && !origin.equalsIgnoreCase("https://" + context.header("Host"))) {
            throw new ApiException(403, "origin", "another site sent this request");
        }
        boolean visit = reading && "navigate".equals(context.header("Sec-Fetch-Mode"));
        if ("cross-site".equals(context.header("Sec-Fetch-Site"))
                && (!visit || context.path().startsWith("/api/"))) {
            throw new ApiException(403, "origin", "another site sent this request");
        }
    }
}
