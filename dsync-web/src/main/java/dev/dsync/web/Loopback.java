package dev.dsync.web;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of this machine that no other machine can use. */
final class Loopback {

    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    private static final Pattern ADDRESS =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.]*\\]?");

    private Loopback() {}

    /** Whether a host, without its port, is loopback. */
    static boolean names(String host) {
        return NAMES.contains(host.toLowerCase(Locale.ROOT));
    }

    /** Whether it is an address in numbers: no name server has a say in where that leads. */
    static boolean isNumeric(String host) {
        return ADDRESS.matcher(host).matches();
    }
}
