package dev.dsync.web;

import io.javalin.http.Handler;
import java.util.ArrayList;
import java.util.List;

/** Every address of the dashboard, with who answers there. */
final class Routes {

    /**
     * One address.
     *
     * @param method GET, HEAD, POST or DELETE
     * @param path as Javalin writes it
     */
    record Route(String method, String path, Handler handler) {}

    private final List<Route> all = new ArrayList<>();

    Routes add(String method, String path, Handler handler) {
        all.add(new Route(method, path, handler));
        return this;
    }

    List<Route> all() {
        return List.copyOf(all);
    }
}
