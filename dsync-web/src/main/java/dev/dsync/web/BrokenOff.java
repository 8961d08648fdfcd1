package dev.dsync.web;

import io.javalin.http.Context;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** Ends an answer that cannot be finished so that nobody takes the part that was sent for the whole. */
final class BrokenOff {

    private BrokenOff() {}

    static void end(Context context) {
        ServletContextRequest.getServletContextRequest(context.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close();
    }
}
