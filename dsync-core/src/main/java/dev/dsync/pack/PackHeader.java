package dev.dsync.pack;

import dev.dsync.key.CommittedKey;
import dev.dsync.key.VaultId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The first 88 bytes of every pack, the only ones that are always plain.
 *
 * <pre>
 * offset  size  field
 *      0     4  magic, "DSP1" in ASCII
 *      4     1  version, 1
 *      5     1  suite
 *      6     1  kind
 *      7     1  reserved, 0
 *      8    16  vault id
 *     24    32  salt: the pack's id
 *     56    32  commitment to the pack's key
 * </pre>
 */
final class PackHeader {

    private static final byte[] MAGIC = {'D', 'S', 'P', '1'};
    private static final int VERSION = 1;
    private static final int FLAG_BYTES = 4;

    static final int BYTES = MAGIC.length + FLAG_BYTES + VaultId.BYTES + PackId.BYTES + CommittedKey.COMMITMENT_BYTES;

    private final Suite suite;
    private final PackKind kind;
    private final VaultId vault;
    private final PackId pack;
    private final byte[] commitment;

    PackHeader(Suite suite, PackKind kind, VaultId vault, PackId pack, byte[] commitment) {
        this.suite = suite;
        this.kind = kind;
        this.vault = vault;
        this.pack = pack;
        this.commitment = commitment.clone();
    }

    Suite suite() {
        return suite;
    }

    PackKind kind() {
        return kind;
    }

    PackId pack() {
        return pack;
    }

    /** The header as {@link #BYTES} bytes. */
    byte[] encode() {
        return ByteBuffer.allocate(BYTES)
                .put(MAGIC)
                .put((byte) VERSION)
                .put((byte) suite.code())
                .put((byte) kind.code())
                .put((byte) 0)
                .put(vault.toBytes())
                .put(pack.toBytes())
                .put(commitment)
                .array();
    }

    /** The header that {@code bytes} start with; whose it is remains to be asked. */
    static PackHeader decode(ByteBuffer bytes) throws PackException {
        ByteBuffer in = bytes.duplicate();
        requireMagic(in);
        if (in.remaining() < BYTES - MAGIC.length) {
            throw DamagedPackException.in(
                    DamagedPackException.Part.LENGTH,
                    "ends in the header of a pack, after " + bytes.remaining() + " of " + BYTES + " bytes");
        }
        int version = in.get() & 0xff;
        if (version != VERSION) {
            throw new UnknownPackVersionException("a pack of format version " + version + ", this dsync reads version "
                    + VERSION + ": a newer one is needed");
        }
        int suite = in.get() & 0xff;
        int kind = in.get() & 0xff;
        int reserved = in.get() & 0xff;
        if (reserved != 0) {
            throw damaged("the reserved byte is " + reserved + ", not 0");
        }
        return new PackHeader(
                Suite.ofCode(suite).orElseThrow(() -> damaged("no suite has the number " + suite)),
                PackKind.ofCode(kind)
                        .filter(found -> found != PackKind.CLASSIC)
                        .orElseThrow(() -> damaged("no kind has the number " + kind)),
                VaultId.of(take(in, VaultId.BYTES)),
                PackId.of(take(in, PackId.BYTES)),
                take(in, CommittedKey.COMMITMENT_BYTES));
    }

    /**
     * The key of this pack, once it is settled whose it is; the caller closes it. Vault id and commitment vouch for each
     * other: a pack of another vault has neither right, a changed bit spoils only one.
     */
    CommittedKey key(PackKeys keys) throws PackException {
        CommittedKey key = keys.derive(suite, pack);
        boolean ourVault = vault.equals(keys.vaultId());
        boolean ourKey = key.matches(commitment);
        if (ourVault && ourKey) {
            return key;
        }
        key.close();
        if (ourKey) {
            throw damaged("names vault " + vault + ", but the key commitment is that of vault " + keys.vaultId());
        }
        if (ourVault) {
            throw damaged("the key commitment does not belong to suite " + suite + " and salt " + pack);
        }
        throw new ForeignPackException(
                ForeignPackException.Reason.OTHER_VAULT,
                "a pack of vault " + vault + ", the key at hand opens vault " + keys.vaultId());
    }

    void requirePack(PackId wanted) throws ForeignPackException {
        if (!pack.equals(wanted)) {
            throw new ForeignPackException(
                    ForeignPackException.Reason.OTHER_PACK,
                    "this is pack " + pack + ", pack " + wanted + " was wanted");
        }
    }

    private static void requireMagic(ByteBuffer in) throws ForeignPackException {
        byte[] found = take(in, Math.min(MAGIC.length, in.remaining()));
        if (!Arrays.equals(found, Arrays.copyOf(MAGIC, found.length))) {
            throw new ForeignPackException(
                    ForeignPackException.Reason.NOT_A_PACK,
                    "not a pack: starts with the bytes " + HexFormat.of().formatHex(found) + ", not with "
                            + HexFormat.of().formatHex(MAGIC));
        }
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] taken = new byte[length];
        in.get(taken);
        return taken;
    }

    private static DamagedPackException damaged(String message) {
        return DamagedPackException.in(DamagedPackException.Part.HEADER, "header of a pack: " + message);
    }
}
