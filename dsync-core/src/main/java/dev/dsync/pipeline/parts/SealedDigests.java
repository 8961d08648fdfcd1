package dev.dsync.pipeline.parts;

import dev.dsync.catalog.HomeState;
import dev.dsync.catalog.Sha256;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.PackId;
import dev.dsync.pack.SealedPack;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The SHA-256 of each sealed chunk, as it lies in its pack: what {@code files.json} calls its hash. Taken when the pack is
 * stored, because later it could be known only by reading the pack back. This home alone keeps them, at 43 characters a
 * chunk: no other home needs them, and commits would be half as long again. For one thread.
 */
public final class SealedDigests {

    private static final String NAME = "sealed.";

    /** Neighbours in a folder lie in the same packs, so few need to be at hand. */
    private static final int PACKS_AT_HAND = 8;

    private final HomeState home;
    private final Map<PackId, byte[]> atHand = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PackId, byte[]> eldest) {
            return size() > PACKS_AT_HAND;
        }
    };

    /** What the home remembers. */
    public SealedDigests(HomeState home) {
        this.home = home;
    }

    /** Remembers the digests of a pack's chunks. */
    public void remember(SealedPack pack, ByteBuffer bytes) {
        ByteBuffer digests = ByteBuffer.allocate(pack.entries().size() * Sha256.BYTES);
        for (PackEntry entry : pack.entries()) {
            ByteBuffer sealed = bytes.slice(bytes.position() + entry.offset(), entry.sealedLength(pack.suite()));
            digests.put(Digests.sha256(sealed).toBytes());
        }
        home.set(NAME + pack.id(), Optional.of(Base64.getEncoder().encodeToString(digests.array())));
    }

    /** The pack is gone. */
    public void forget(PackId pack) {
        home.set(NAME + pack, Optional.empty());
    }

    /** The digest of a sealed chunk; empty if the pack was stored by another home, or before this one lost its state. */
    public Optional<Sha256> of(PackId pack, PackEntry chunk) {
        byte[] digests = atHand.computeIfAbsent(pack, this::load);
        int from = chunk.index() * Sha256.BYTES;
        return from + Sha256.BYTES <= digests.length
                ? Optional.of(Sha256.of(Arrays.copyOfRange(digests, from, from + Sha256.BYTES)))
                : Optional.empty();
    }

    private byte[] load(PackId pack) {
        return home.get(NAME + pack).map(Base64.getDecoder()::decode).orElse(new byte[0]);
    }
}
