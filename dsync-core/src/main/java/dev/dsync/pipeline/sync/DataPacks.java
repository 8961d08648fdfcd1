package dev.dsync.pipeline.sync;

import dev.dsync.chunk.ByteBudget;
import dev.dsync.codec.EncodedChunk;
import dev.dsync.pack.PackAssembler;
import dev.dsync.pack.PackKind;
import dev.dsync.pack.SealedPack;
import dev.dsync.pack.Suite;
import dev.dsync.pipeline.parts.VaultParts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The data packs that are being filled: one for each suite that chunks came with. Their size is what the targets take
 * when they are begun. For one thread.
 */
final class DataPacks implements AutoCloseable {

    private final VaultParts vault;
    private final int packSize;
    private final ByteBudget budget;
    private final Map<Suite, PackAssembler> open = new EnumMap<>(Suite.class);

    /** @param packSize length of full packs in bytes, unless all targets want shorter ones */
    DataPacks(VaultParts vault, int packSize, ByteBudget budget) {
        this.vault = vault;
        this.packSize = packSize;
        this.budget = budget;
    }

    /** Takes the chunk, which is this object's from now on, and returns the packs that became full. */
    List<SealedPack> add(Suite suite, EncodedChunk chunk) {
        return open.computeIfAbsent(suite, this::begin).add(chunk);
    }

    private PackAssembler begin(Suite suite) {
        return new PackAssembler(
                PackKind.DATA, suite, vault.packSize(packSize), vault.seals().packs(), budget, vault.random());
    }

    /** All that was added and not returned yet; what is added from now on goes into new packs. */
    List<SealedPack> finish() {
        List<SealedPack> packs = new ArrayList<>();
        open.values().forEach(assembler -> packs.addAll(assembler.finish()));
        open.clear();
        return packs;
    }

    /** Gives memory back: packs that are full once nothing waits for a better place, or else all there is. */
    List<SealedPack> makeRoom() {
        List<SealedPack> packs = new ArrayList<>();
        open.values().forEach(assembler -> packs.addAll(assembler.settle()));
        return packs.isEmpty() ? finish() : packs;
    }

    @Override
    public void close() {
        open.values().forEach(PackAssembler::close);
    }
}
