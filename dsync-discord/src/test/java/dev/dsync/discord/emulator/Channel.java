package dev.dsync.discord.emulator;

/** A channel of a guild, with the limits that its webhooks share. */
final class Channel {

    final String id;
    final String guildId;
    final Window messages = new Window();
    final Window oldEdits = new Window();

    Channel(String id, String guildId) {
        this.id = id;
        this.guildId = guildId;
    }
}
