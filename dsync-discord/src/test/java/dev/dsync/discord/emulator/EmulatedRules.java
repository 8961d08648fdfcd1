package dev.dsync.discord.emulator;

import java.time.Duration;

/** The rules that the emulator holds its clients to. Each can be changed while it runs. */
public final class EmulatedRules {

    /** A file of exactly this size is refused, one byte less is taken. */
    public volatile long fileBytesRefused = 20L * 1024 * 1024;

    /** A request of exactly this size is refused, one byte less is taken. */
    public volatile long requestBytes = 25L * 1024 * 1024;

    public volatile Duration linkLifetime = Duration.ofHours(24);

    /** Requests of one webhook and route in {@link #bucketSpan}; shown in headers. */
    public volatile int bucketLimit = 5;

    public volatile Duration bucketSpan = Duration.ofSeconds(2);

    /** Messages of one channel in {@link #channelSpan}; shown nowhere. */
    public volatile int channelLimit = 30;

    public volatile Duration channelSpan = Duration.ofSeconds(60);

    /** Whether everything that is asked of a channel's webhooks counts, not only messages and edits. */
    public volatile boolean channelCountsAll;

    /** Requests in a second, of all webhooks together. */
    public volatile int globalLimit = 50;

    /** Edits of messages older than {@link #oldAfter} in one channel in {@link #editSpan}. */
    public volatile int oldEditLimit = 3;

    public volatile Duration editSpan = Duration.ofSeconds(6);

    public volatile Duration oldAfter = Duration.ofHours(1);

    /** Answers of 401, 403 and 429 in ten minutes after which the address is blocked. */
    public volatile int invalidLimit = 10_000;

    public volatile boolean bucketEnforced = true;
    public volatile boolean channelEnforced = true;
    public volatile boolean globalEnforced = true;
    public volatile boolean oldEditsEnforced = true;
    public volatile boolean invalidEnforced = true;
    public volatile boolean userAgentChecked = true;

    /** Whether files can be read in ranges; otherwise every answer is the whole file. */
    public volatile boolean rangesHonoured = true;

    EmulatedRules() {}

    /** Switches all five rate limits off. */
    public void withoutRateLimits() {
        bucketEnforced = false;
        channelEnforced = false;
        globalEnforced = false;
        oldEditsEnforced = false;
        invalidEnforced = false;
    }
}
