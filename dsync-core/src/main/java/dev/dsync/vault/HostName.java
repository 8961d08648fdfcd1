package dev.dsync.vault;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** This machine's name, for people who look at several, and for a home that lost its state to know itself again. */
final class HostName {

    private HostName() {}

    static String here() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // A machine whose own name cannot be resolved is as good as one without a name.
            return "unknown";
        }
    }
}
