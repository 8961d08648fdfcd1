package dev.dsync.pipeline.parts;

import dev.dsync.chunk.ChunkId;
import dev.dsync.chunk.ChunkNamer;
import dev.dsync.codec.FernetCodec;
import dev.dsync.key.Envelope;
import dev.dsync.key.EnvelopeKind;
import dev.dsync.key.MacKey;
import dev.dsync.key.Purpose;
import dev.dsync.key.SecretBytes;
import dev.dsync.key.VaultId;
import dev.dsync.key.VaultKey;
import dev.dsync.pack.PackId;
import dev.dsync.pack.PackKeys;
import dev.dsync.pack.Suite;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Everything that follows from the vault's key: what names chunks, and what seals packs, commits and roots. */
public final class Seals implements AutoCloseable {

    private final VaultId vault;
    private final PackKeys packs;
    private final ChunkNamer chunkNames;
    private final ChunkNamer plainChunkNames;
    private final ChunkNamer classicPartNames;
    private final SecretBytes fernetKey;
    private final SecretBytes commitKey;
    private final SecretBytes rootKey;
    private final Envelope commits;
    private final Envelope roots;

    /** Derives all of it; {@code key} stays the caller's and may be closed afterwards. */
    public Seals(VaultKey key) {
        this.vault = key.vaultId();
        this.packs = PackKeys.of(key);
        this.chunkNames = namer(key, Purpose.CHUNK_ID);
        this.plainChunkNames = namer(key, Purpose.PLAIN_CHUNK_ID);
        this.classicPartNames = namer(key, Purpose.CLASSIC_PART);
        this.fernetKey = key.raw();
        this.commitKey = key.subkey(Purpose.ENVELOPE_COMMIT);
        this.rootKey = key.subkey(Purpose.ENVELOPE_ROOT);
        this.commits = new Envelope(commitKey, EnvelopeKind.COMMIT, vault);
        this.roots = new Envelope(rootKey, EnvelopeKind.ROOT, vault);
    }

    private static ChunkNamer namer(VaultKey key, Purpose purpose) {
        try (SecretBytes secret = key.subkey(purpose)) {
            return new ChunkNamer(new MacKey(secret));
        }
    }

    public VaultId vault() {
        return vault;
    }

    public PackKeys packs() {
        return packs;
    }

    /** Names chunks that are encrypted, and the blocks of the catalog. */
    public ChunkNamer chunkNames() {
        return chunkNames;
    }

    /** Names chunks of packs of a suite: knowing the names of those left unencrypted tells nothing about the others. */
    public ChunkNamer chunkNames(Suite suite) {
        return suite == Suite.NONE ? plainChunkNames : chunkNames;
    }

    /** The chunk under which files refer to a classic part. */
    public ChunkId classicPart(PackId part) {
        return classicPartNames.name(ByteBuffer.wrap(part.toBytes()));
    }

    /** The cipher of the classic layout. */
    FernetCodec fernet(InstantSource clock, RandomGenerator random) {
        return new FernetCodec(fernetKey, clock, random);
    }

    public Envelope commits() {
        return commits;
    }

    public Envelope roots() {
        return roots;
    }

    @Override
    public void close() {
        packs.close();
        fernetKey.close();
        commitKey.close();
        rootKey.close();
    }
}
