package dev.dsync.pipeline.tidy;

import dev.dsync.catalog.Packs;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.StoredPack;
import dev.dsync.chunk.ByteBudget;
import dev.dsync.chunk.ChunkId;
import dev.dsync.chunk.Lease;
import dev.dsync.codec.EncodedChunk;
import dev.dsync.pack.PackAssembler;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.PackId;
import dev.dsync.pack.PackKind;
import dev.dsync.pack.PackReader;
import dev.dsync.pack.SealedPack;
import dev.dsync.pack.Suite;
import dev.dsync.pipeline.PruneOptions;
import dev.dsync.pipeline.content.StoredPackReader;
import dev.dsync.pipeline.parts.Uploads;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.placement.Placed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Moves what is still needed of some packs into new ones, with a fresh salt each. Every chunk is verified on the way; a
 * pack of which a needed chunk cannot be read sound stays as it is.
 */
final class Repacking implements AutoCloseable {

    /** Packs under way at once: as many as one request of Discord's carries. */
    private static final int AT_ONCE = 3;

    private record Shipped(SealedPack pack, CompletableFuture<List<Placed>> placed) {}

    private final VaultParts vault;
    private final PruneOptions options;
    private final ByteBudget budget;
    private final ChunkSet live;
    private final Set<PackId> leaving;
    private final StoredPackReader reader;
    private final ChunkSet moved = new ChunkSet();
    private final Map<Suite, PackAssembler> assemblers = new EnumMap<>(Suite.class);
    private final Deque<Shipped> underWay = new ArrayDeque<>();
    private final List<PackId> emptied = new ArrayList<>();
    private long bytes;

    /**
     * @param live the chunks that are needed
     * @param leaving packs that do not count as having a chunk, for they will go
     */
    Repacking(VaultParts vault, PruneOptions options, ByteBudget budget, ChunkSet live, Set<PackId> leaving) {
        this.vault = vault;
        this.options = options;
        this.budget = budget;
        this.live = live;
        this.leaving = new HashSet<>(leaving);
        this.reader = new StoredPackReader(vault);
    }

    /** Moves what these packs have; returns those that nothing is needed of any more. */
    List<PackId> move(List<PackId> packs) throws IOException, InterruptedException {
        for (PackId id : packs) {
            if (options.stop().getAsBoolean()) {
                break;
            }
            StoredPack pack = vault.catalog().packs().find(id).orElseThrow();
            try {
                move(pack);
                emptied.add(id);
            } catch (UnsoundException e) {
                leaving.remove(id);
                options.notices()
                        .accept("pack " + id + " stays as it is: " + e.getMessage()
                                + "; 'dsync check --read-data' says more");
            }
        }
        for (PackAssembler assembler : assemblers.values()) {
            ship(assembler.finish());
        }
        while (!underWay.isEmpty()) {
            awaitOldest();
        }
        return emptied;
    }

    /** Bytes stored for it, every copy counted. */
    long bytes() {
        return bytes;
    }

    /** A chunk that is needed cannot be read. */
    private static final class UnsoundException extends Exception {

        private static final long serialVersionUID = 1;

        UnsoundException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private void move(StoredPack pack) throws IOException, InterruptedException, UnsoundException {
        List<PackEntry> wanted = new ArrayList<>();
        for (PackEntry entry : vault.catalog().packs().directory(pack.id()).entries()) {
            if (live.contains(entry.id()) && !moved.contains(entry.id()) && !liesElsewhere(entry.id())) {
                wanted.add(entry);
            }
        }
        if (wanted.isEmpty()) {
            return;
        }
        ByteBuffer sound = fetch(pack, wanted);
        PackAssembler assembler = assemblers.computeIfAbsent(pack.suite(), this::assembler);
        try (PackReader opener = reader.opener(pack)) {
            for (PackEntry entry : wanted) {
                ByteBuffer encoded =
                        opener.openChunk(entry, sound.slice(entry.offset(), entry.sealedLength(pack.suite())));
                moved.add(entry.id());
                ship(assembler.add(
                        new EncodedChunk(entry.id(), entry.codec(), entry.rawSize(), encoded, Lease.none())));
            }
        }
    }

    private boolean liesElsewhere(ChunkId chunk) {
        for (Packs.ChunkPlace place : vault.catalog().packs().locate(chunk)) {
            if (!leaving.contains(place.pack().id()) && reachable(place.pack())) {
                return true;
            }
        }
        return false;
    }

    private boolean reachable(StoredPack pack) {
        return pack.copies().stream()
                .anyMatch(copy -> vault.pool().live().stream()
                        .anyMatch(target -> target.id().equals(copy.target())));
    }

    /** All bytes of a copy in which every wanted chunk is sound. */
    private ByteBuffer fetch(StoredPack pack, List<PackEntry> wanted) throws UnsoundException {
        IOException trouble = new IOException("it has no copy");
        for (StoredCopy copy : pack.copies()) {
            try (PackReader opener = reader.opener(pack)) {
                return reader.whole(List.of(copy), pack.size(), bytes -> {
                    for (PackEntry entry : wanted) {
                        reader.open(opener, pack.suite(), entry, bytes, 0);
                    }
                    return bytes;
                });
            } catch (IOException e) {
                trouble = e;
            }
        }
        throw new UnsoundException(trouble);
    }

    private PackAssembler assembler(Suite suite) {
        int packSize = vault.packSize(options.packSize());
        return new PackAssembler(PackKind.DATA, suite, packSize, vault.seals().packs(), budget, vault.random());
    }

    private void ship(List<SealedPack> packs) throws IOException, InterruptedException {
        for (SealedPack pack : packs) {
            while (underWay.size() >= AT_ONCE) {
                awaitOldest();
            }
            underWay.add(new Shipped(pack, vault.pool().store(List.of(pack.bytes()), options.copies())));
        }
    }

    private void awaitOldest() throws IOException, InterruptedException {
        Shipped oldest = underWay.remove();
        try (SealedPack pack = oldest.pack()) {
            List<StoredCopy> copies = Uploads.await(oldest.placed()).stream()
                    .map(placed ->
                            new StoredCopy(placed.target(), placed.addresses().get(0)))
                    .toList();
            vault.catalog().packs().record(pack.directory(), copies);
            vault.catalog().flush();
            bytes += (long) pack.size() * copies.size();
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // whether it went well no longer matters
    public void close() {
        assemblers.values().forEach(PackAssembler::close);
        underWay.forEach(shipped -> shipped.placed()
                .whenComplete((placed, failure) -> shipped.pack().close()));
    }
}
