package dev.dsync.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Files dragged over a page and let go. The browser gives them to the page only if it knows by then that they are welcome
 * there, and on a busy machine the page's word may come too late: as a hand would, this drags them there again.
 */
final class FileDrop {

    /** What the page has of a drop comes at once, or not at all. */
    private static final Duration HEARD_WITHIN = Duration.ofSeconds(3);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final int TRIES = 10;

    private final Tab tab;
    private final double x;
    private final double y;
    private final ObjectNode data;

    /** @param data the files, as the browser's protocol has them */
    FileDrop(Tab tab, double x, double y, ObjectNode data) {
        this.tab = tab;
        this.x = x;
        this.y = y;
        this.data = data;
    }

    void untilItIsTaken() {
        tab.script("window.dropped = false; "
                + "addEventListener('drop', () => { window.dropped = true; }, {capture: true, once: true})");
        for (int tries = 0; tries < TRIES; tries++) {
            send("dragEnter");
            send("dragOver");
            send("drop");
            if (isTaken()) {
                return;
            }
        }
        throw new AssertionError("the page did not take what was dropped on it, " + TRIES + " times");
    }

    private void send(String type) {
        ObjectNode event = Chromium.with().put("type", type).put("x", x).put("y", y);
        event.set("data", data);
        tab.ask("Input.dispatchDragEvent", event);
    }

    private boolean isTaken() {
        long end = System.nanoTime() + HEARD_WITHIN.toNanos();
        while (!tab.is("window.dropped")) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return true;
    }
}
