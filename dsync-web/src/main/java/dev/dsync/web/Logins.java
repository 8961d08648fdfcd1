package dev.dsync.web;

import dev.dsync.key.Password;
import io.javalin.http.Context;
import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who has given the password. A session is a random name in a cookie that no script sees and no other site sends. Wrong
 * guesses are counted for all together, for who guesses can have many addresses.
 */
final class Logins {

    private static final String COOKIE = "dsync_session";
    private static final int NAME_BYTES = 32;
    private static final Duration SESSION = Duration.ofHours(12);
    private static final int MOST_SESSIONS = 1000;
    private static final int MOST_FAILURES = 5;
    private static final Duration FAILURES_WITHIN = Duration.ofMinutes(1);

    private final DashboardSettings settings;
    private final Activity activity;
    private final Map<String, Instant> sessions = new ConcurrentHashMap<>();
    private final Deque<Instant> failures = new ArrayDeque<>();

    Logins(DashboardSettings settings, Activity activity) {
        this.settings = settings;
        this.activity = activity;
    }

    /** Whether the request may see anything. */
    boolean knows(Context context) {
        if (settings.password().isEmpty()) {
            return true;
        }
        String name = context.cookie(COOKIE);
        Instant ends = name == null ? null : sessions.get(name);
        return ends != null && settings.clock().instant().isBefore(ends);
    }

    /** {@code POST /api/login}. */
    void login(Context context) {
        Optional<Password> password = settings.password();
        String guess = Json.body(context).path("password").asText();
        if (password.isPresent()) {
            Instant guessed = begin(context);
            if (!password.get().matches(guess.toCharArray())) {
                activity.trouble("somebody gave a wrong password");
                throw new ApiException(401, "password", "this is not the password");
            }
            forgive(guessed);
            context.res().addCookie(cookie(open(), SESSION));
        }
        Json.answer(context, Json.object().put("ok", true));
    }

    /** Counts the guess before it is looked at, so that many at once are no way round the limit. */
    private synchronized Instant begin(Context context) {
        Instant now = settings.clock().instant();
        while (!failures.isEmpty() && !now.isBefore(failures.getFirst().plus(FAILURES_WITHIN))) {
            failures.removeFirst();
        }
        if (failures.size() >= MOST_FAILURES) {
            long wait = Duration.between(now, failures.getFirst().plus(FAILURES_WITHIN))
                            .toSeconds()
                    + 1;
            context.header("Retry-After", String.valueOf(wait));
            throw new ApiException(429, "too_many_guesses", "too many wrong passwords: try again in " + wait + " s");
        }
        failures.addLast(now);
        return now;
    }

    private synchronized void forgive(Instant guessed) {
        failures.removeLastOccurrence(guessed);
    }

    private String open() {
        Instant now = settings.clock().instant();
        sessions.values().removeIf(ends -> !now.isBefore(ends));
        if (sessions.size() >= MOST_SESSIONS) {
            throw new ApiException(503, "too_many_sessions", "too many are logged in: restart the dashboard");
        }
        byte[] name = new byte[NAME_BYTES];
        settings.random().nextBytes(name);
        String session = HexFormat.of().formatHex(name);
        sessions.put(session, now.plus(SESSION));
        return session;
    }

    /** {@code POST /api/logout}. */
    void logout(Context context) {
        String name = context.cookie(COOKIE);
        if (name != null) {
            sessions.remove(name);
        }
        context.res().addCookie(cookie("", Duration.ZERO));
        Json.answer(context, Json.object().put("ok", true));
    }

    private static Cookie cookie(String value, Duration age) {
        Cookie cookie = new Cookie(COOKIE, value);
        cookie.setHttpOnly(true);
        cookie.setAttribute("SameSite", "Strict");
        cookie.setPath("/");
        cookie.setMaxAge((int) age.toSeconds());
        return cookie;
    }
}
