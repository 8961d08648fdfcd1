package dev.dsync.storage;

import java.util.List;

/** A backend whose service takes only so many requests in a time. It keeps to these limits by itself. */
public interface RateLimited {

    /** The limits known now: those the service told in its answers so far, and those it is known to have. */
    List<RateLimit> rateLimits();
}
