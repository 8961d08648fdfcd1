package dev.dsync.storage;

import java.time.Instant;
import java.util.Optional;

/** What a backend adds when its service tells the time with its answers: a clock that nobody here can set. */
public interface ServiceClock {

    /**
     * What an answer told.
     *
     * @param time by the service's clock, to within some seconds
     * @param at what {@link RunningTime#REAL} showed then
     */
    record Told(Instant time, RunningTime.Reading at) {}

    /** What the last answer told; empty if none did yet. Sends nothing. */
    Optional<Told> told();
}
