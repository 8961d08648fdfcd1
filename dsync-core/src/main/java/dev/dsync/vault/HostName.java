package dev.dsync.vault;

import java.util.Optional;

/** This machine's name, for people who look at several. */
final class HostName {

    private HostName() {}

    /** The name, without asking the network for it. */
    static String here() {
        return Optional.ofNullable(System.getenv("HOSTNAME"))
                .or(() -> Optional.ofNullable(System.getenv("COMPUTERNAME")))
                .orElse("unknown");
    }
}
