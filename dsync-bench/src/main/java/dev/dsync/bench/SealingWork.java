package dev.dsync.bench;

import dev.dsync.chunk.ByteBudget;
import dev.dsync.key.VaultKey;
import dev.dsync.pack.PackAssembler;
import dev.dsync.pack.PackFormat;
import dev.dsync.pack.PackKeys;
import dev.dsync.pack.PackKind;
import dev.dsync.pack.SealedPack;
import dev.dsync.pack.Suite;
import java.util.Random;

/**
 * The same 34.6 MB, 32 chunks, sealed and opened again in two ways: into packs, and by the bare cipher.
 *
 * <p>Both do the same work on the same bytes: messages of 8 KiB, each sealed and opened once; and both keep what they seal
 * in new memory, a pack's worth at a time. What packs have besides is what is measured: their keys, names and
 * directories, the comparison. The chunks leave 1 % of a pack empty, as packs of files do. Not safe for use by many
 * threads.
 */
final class SealingWork implements AutoCloseable {

    static final int CHUNK_BYTES = 1_080_000;
    static final int CHUNKS = 32;

    private static final int PACK_CHUNKS = PackFormat.DEFAULT_PACK_SIZE / CHUNK_BYTES;

    private final BareAesGcm bare = new BareAesGcm();
    private final Random random = new Random(5);
    private final byte[] content = Samples.noise(CHUNK_BYTES, 6);
    private final VaultKey key = Samples.key();
    private final PackKeys keys = PackKeys.of(key);

    /** Into packs, each verified before it leaves the packer. Returns their bytes. */
    long sealAndVerifyPacks() {
        long bytes = 0;
        try (ByteBudget budget = new ByteBudget(ByteBudget.DEFAULT_BYTES, ByteBudget.DEFAULT_BYTES / 10);
                PackAssembler packs = new PackAssembler(
                        PackKind.DATA, Suite.AES_256_GCM, PackFormat.DEFAULT_PACK_SIZE, keys, budget, random)) {
            for (int i = 0; i < CHUNKS; i++) {
                bytes += drop(packs.add(Samples.rawChunk(content, i)));
            }
            return bytes + drop(packs.finish());
        }
    }

    private static long drop(Iterable<SealedPack> packs) {
        long bytes = 0;
        for (SealedPack pack : packs) {
            bytes += pack.size();
            pack.close();
        }
        return bytes;
    }

    /** By the bare cipher, into memory as long as a pack. Returns something that depends on all of it. */
    int bareSealAndOpen() {
        int kept = 0;
        for (int i = 0; i < CHUNKS; i += PACK_CHUNKS) {
            byte[] pack = new byte[PackFormat.DEFAULT_PACK_SIZE];
            for (int j = 0; j < PACK_CHUNKS; j++) {
                bare.sealAndOpen(content, 0, CHUNK_BYTES, pack, j * BareAesGcm.sealedLength(CHUNK_BYTES));
            }
            kept += pack[0];
        }
        return kept;
    }

    /** By the bare cipher, message over message: all but the plain bytes stays in the cache next to the core. */
    void bareSealAndOpenInCache() {
        for (int i = 0; i < CHUNKS; i++) {
            bare.sealAndOpen(content, 0, CHUNK_BYTES);
        }
    }

    /** As {@link #bareSealAndOpenInCache}, but nothing is opened. */
    void bareSeal() {
        for (int i = 0; i < CHUNKS; i++) {
            bare.seal(content, 0, CHUNK_BYTES);
        }
    }

    @Override
    public void close() {
        keys.close();
        key.close();
    }
}
