package dev.dsync.discord;

import java.time.Duration;
import java.util.List;

/**
 * What Discord allows, and how dsync keeps to it. Each figure says where it comes from and when it was looked up; none is
 * to be trusted for ever, and what the service says in an answer wins over what stands here.
 *
 * <p>Sources: API = the public reference at docs.discord.com; MAINTAINER = a statement of Discord's developers in the
 * discord-api-docs tracker; OURS = chosen here.
 */
final class Rules {

    /** API, 2026-11: the version of the interface this code speaks. */
    static final String API_PATH = "api/v10";

    /**
     * API, 2026-11: {@code DiscordBot (url, version)}; other agents, "Java…" among them, are refused with 403. The
     * project's name stands for the URL, because it has no host of its own to name.
     */
    static final String USER_AGENT = "DiscordBot (dsync, 1)";

    /** API, 2026-11: most files a message may carry. */
    static final int FILES_PER_MESSAGE = 10;

    /** API, 2026-09: 20 MiB a file where no boost raises it, and the boundary itself is refused. It was 10 MiB before. */
    static final int LARGEST_FILE_BYTES = 20 * 1024 * 1024 - 1;

    /**
     * The largest file, in bytes, that a webhook may take, step by step when one was refused. API: 10 MiB was the limit
     * from 2024 to 2026, 8 MiB before, and the boundary itself is refused. OURS: 5 MiB, the least that is of any use.
     */
    static final List<Integer> FILE_LIMITS = List.of(10 * 1024 * 1024 - 1, 8 * 1024 * 1024 - 1, 5 * 1024 * 1024);

    /** OURS: a refusal is believed for so long. Trying again costs at most one refused upload. */
    static final Duration LIMITS_TRIED_AGAIN_AFTER = Duration.ofDays(1);

    /** API, 2026-11: the whole request, boundaries and JSON included. */
    static final long LARGEST_REQUEST_BYTES = 25L * 1024 * 1024;

    /** OURS: kept free for the boundaries and the JSON; ten files need less than 4 KiB. */
    static final int REQUEST_OVERHEAD_BYTES = 8 * 1024;

    /** API, 2026-11: most characters of a message's text. */
    static final int LONGEST_CONTENT = 2000;

    /** API, 2026-11: a message that rings nobody's phone. */
    static final int SILENT = 4096;

    /** MAINTAINER (issue 367, 2017; still so in 2026): a channel takes this many webhook messages ... */
    static final int MESSAGES_PER_CHANNEL = 30;

    /** ... in this time, whichever of its webhooks sends them, and no header tells. */
    static final Duration CHANNEL_SPAN = Duration.ofSeconds(60);

    /** API, 2026-11: requests of one address to all of Discord ... */
    static final int REQUESTS_IN_ALL = 50;

    /** ... in this time. */
    static final Duration ALL_SPAN = Duration.ofSeconds(1);

    /** MAINTAINER, 2024 (JSON code 30046): edits of messages older than an hour in one channel ... */
    static final int EDITS_PER_CHANNEL = 3;

    /** ... in this time. dsync paces all edits so: it edits rarely, and mostly old messages. */
    static final Duration EDIT_SPAN = Duration.ofSeconds(6);

    /** OURS: dsync pauses after this many answers 401, 403 or 429; Discord blocks the address after 10,000 (API, 2026-11). */
    static final int INVALID_ANSWERS = 500;

    /** API, 2026-11: the time in which those are counted. */
    static final Duration INVALID_SPAN = Duration.ofMinutes(10);

    /** OURS: added to every span, because two clocks never run quite alike. */
    static final Duration MARGIN = Duration.ofMillis(50);

    /** OURS: a link that ends sooner than this is renewed before it is used. */
    static final Duration LINK_MARGIN = Duration.ofMinutes(2);

    /** OURS: how long a webhook's name that points to a root is taken for unchanged, across restarts too. */
    static final Duration NAME_TRUSTED = Duration.ofDays(1);

    /** OURS: each upload shows the name; that it is still the same is noted no more often than this. */
    static final Duration NAME_NOTED_EVERY = Duration.ofSeconds(30);

    /** OURS: the same for a name without a root: before a root is made anew, nobody else must have made one. */
    static final Duration ROOTLESS_NAME_TRUSTED = Duration.ofMinutes(1);

    /** OURS: first pause after a failure; it doubles with each further one ... */
    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    /** ... up to this. */
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    /** OURS: how long a small request waits for its turn before the caller is told to come back. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    /** OURS: a wish to stop is heard after this long at the latest, while something waits because it failed. */
    static final Duration STOP_HEARD_WITHIN = Duration.ofMillis(250);

    /** OURS: how often a small request or a download is tried before the caller is told to come back. */
    static final int TRIES = 5;

    /** OURS: how long nothing is sent after a block, or after an answer that only a person can make sense of. */
    static final Duration BLOCK_PAUSE = Duration.ofMinutes(10);

    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);

    /** OURS: longest silence within a request or a reply. */
    static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(60);

    /** OURS: connections kept open for the next request, about one a lane. */
    static final int IDLE_CONNECTIONS = 16;

    private Rules() {}
}
