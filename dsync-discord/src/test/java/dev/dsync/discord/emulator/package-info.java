/** Discord's webhooks, imitated on this machine: its rules, its limits and its ways to fail, each of them a switch. */
@NullMarked
package dev.dsync.discord.emulator;

import org.jspecify.annotations.NullMarked;
