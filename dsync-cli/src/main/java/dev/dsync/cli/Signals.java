package dev.dsync.cli;

import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * The signals that ask a process to end. The first one is passed on as a wish to stop; the next ends the process at
 * once, and so does the first where nobody heeds the wish.
 *
 * <p>Java has no public way to hear of a second signal: it ignores those that arrive while its shutdown hooks run. The
 * class that can is part of the supported module {@code jdk.unsupported}, but the compiler cannot be told to accept it,
 * hence the reflection. Where that fails, a signal ends the process as if it were killed, which loses no stored data.
 */
final class Signals {

    private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

    private Signals() {}

    /** @param lastWord spoken before the process ends at once */
    static void watch(Stop stop, PrintStream err, Runnable lastWord) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object watcher = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            received(stop, err, lastWord);
                            return null;
                        }
                        return method.getName().equals("equals") ? proxy == arguments[0] : (Object) "signals";
                    });
            for (String name : NAMES) {
                watch(signal, handler, watcher, name);
            }
        } catch (ReflectiveOperationException e) {
            // Another Java: its own way of ending has to do.
        }
    }

    private static void watch(Class<?> signal, Class<?> handler, Object watcher, String name) {
        try {
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), watcher);
        } catch (ReflectiveOperationException e) {
            // This system has no such signal.
        }
    }

    private static void received(Stop stop, PrintStream err, Runnable lastWord) {
        if (stop.requested() || !stop.heeded()) {
            stop.end(lastWord);
        }
        stop.request();
        err.println("dsync: stopping at the next safe point; once more, and it ends at once");
    }
}
