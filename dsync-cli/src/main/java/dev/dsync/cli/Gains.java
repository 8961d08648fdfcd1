package dev.dsync.cli;

import dev.dsync.catalog.Packs;
import dev.dsync.cli.settings.ByteCount;
import dev.dsync.placement.Health;
import dev.dsync.vault.TargetDetail;
import dev.dsync.vault.Vault;
import java.io.IOException;
import java.util.List;

/**
 * What a sync came to, in figures that need the catalog.
 *
 * @param newBytes of what was read, what the vault did not have yet
 * @param compressedBytes what those became
 * @param targets where the vault lies
 */
record Gains(long newBytes, long compressedBytes, List<String> targets) {

    Gains {
        targets = List.copyOf(targets);
    }

    /** The difference that a sync made. */
    static Gains since(Packs.Totals before, Vault vault) throws IOException {
        Packs.Totals now = vault.catalog().packs().totals();
        return new Gains(
                Math.max(0, now.rawChunkBytes() - before.rawChunkBytes()),
                Math.max(0, now.encodedChunkBytes() - before.encodedChunkBytes()),
                vault.targetDetails().stream()
                        .filter(target -> target.health() == Health.READY)
                        .map(Gains::name)
                        .toList());
    }

    /** A folder is known by where it is, any other target by its id. */
    private static String name(TargetDetail target) {
        return target.place().service().equals("file")
                ? target.place().lane()
                : target.id().toString();
    }

    /** How much less was to be stored than was read, if it was less. */
    String saved(long readBytes) {
        long known = Math.max(0, readBytes - newBytes);
        long pressed = Math.max(0, newBytes - compressedBytes);
        return ByteCount.shown(known) + " of it was there already, compression saved " + ByteCount.shown(pressed)
                + percent(known + pressed, readBytes);
    }

    private static String percent(long part, long whole) {
        return whole > 0 ? " (" + Math.min(100, part * 100 / whole) + " % less to store)" : "";
    }
}
