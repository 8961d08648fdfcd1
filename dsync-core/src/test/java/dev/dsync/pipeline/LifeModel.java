package dev.dsync.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a vault should hold, remembered in the plainest way: the whole state after each thing that was done. A prune only
 * takes promises back.
 */
final class LifeModel {

    /** All files with their digests once something was done that took from one time to the other. */
    record State(Instant begun, Instant ended, Map<String, String> files) {}

    private final List<State> states = new ArrayList<>();

    /** States that ended before are promised no more. */
    private Instant seenSince = Instant.MIN;

    /** Before this, a path is promised no more. */
    private final Map<String, Instant> purged = new HashMap<>();

    /** What the vault holds from now on. */
    void is(Instant begun, Instant ended, Map<String, String> files) {
        states.add(new State(begun, ended, Map.copyOf(files)));
    }

    Map<String, String> now() {
        return states.isEmpty() ? Map.of() : states.get(states.size() - 1).files();
    }

    /** What a deleted path was last, if that is still promised. */
    Optional<String> last(String path) {
        for (int i = states.size() - 1; i >= 0; i--) {
            if (states.get(i).files().containsKey(path) && isPromised(path, states.get(i))) {
                return Optional.of(states.get(i).files().get(path));
            }
        }
        return Optional.empty();
    }

    /** A prune, or one that was killed, took away what nothing keeps. */
    void pruned(Instant at, Duration deleted, Duration within) {
        Instant since = at.minus(within);
        seenSince = since.isAfter(seenSince) ? since : seenSince;
        Map<String, State> gone = new TreeMap<>();
        for (State state : states) {
            state.files().keySet().forEach(gone::remove);
            states.subList(0, states.indexOf(state)).stream()
                    .flatMap(earlier -> earlier.files().keySet().stream())
                    .filter(path -> !state.files().containsKey(path))
                    .forEach(path -> gone.putIfAbsent(path, state));
        }
        gone.forEach((path, state) -> {
            if (!state.begun().isAfter(at.minus(deleted))) {
                purged.put(path, at);
            }
        });
    }

    /** Every state of which something is promised, with what is promised of it. */
    Map<Instant, Map<String, String>> promised() {
        Map<Instant, Map<String, String>> promised = new TreeMap<>();
        for (State state : states) {
            if (!state.ended().isBefore(seenSince)) {
                Map<String, String> files = new TreeMap<>(state.files());
                files.keySet().removeIf(path -> !isPromised(path, state));
                promised.put(state.ended(), files);
            }
        }
        return promised;
    }

    /** Paths that may be seen although nothing promises them any more, or not. */
    boolean isPurged(String path, Instant at) {
        return purged.getOrDefault(path, Instant.MIN).isAfter(at);
    }

    private boolean isPromised(String path, State state) {
        return !isPurged(path, state.ended());
    }
}
