package dev.dsync.discord;

import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/** One channel: what all webhooks that post to it share. It lets so many messages through and so many edits. */
final class Lane {

    /** Who waits for the channel waits in here, first come first served, so that no upload overtakes a root for ever. */
    final ReentrantLock turnstile = new ReentrantLock(true);

    final RateWindow messages;
    final RateWindow edits;

    Lane(Path state, String channelId) {
        this.messages = new RateWindow(
                Rules.MESSAGES_PER_CHANNEL,
                Rules.CHANNEL_SPAN,
                new FileSlots(
                        state.resolve("discord-channel-" + channelId + ".messages"),
                        RateWindow.slots(Rules.MESSAGES_PER_CHANNEL)));
        this.edits = new RateWindow(
                Rules.EDITS_PER_CHANNEL,
                Rules.EDIT_SPAN,
                new FileSlots(
                        state.resolve("discord-channel-" + channelId + ".edits"),
                        RateWindow.slots(Rules.EDITS_PER_CHANNEL)));
    }
}
