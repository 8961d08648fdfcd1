package dev.dsync.pack;

import dev.dsync.key.CommittedKey;
import dev.dsync.key.SealBrokenException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Finds out from a pack alone what lies in it: header, then trailer, then directory, each checked before the next. */
final class DirectoryReader {

    private static final int MIN_PACK_SIZE = PackHeader.BYTES + Suite.AES_256_GCM.sealedLength(1) + PackTrailer.BYTES;

    private final PackKeys keys;
    private final PackSource source;

    DirectoryReader(PackKeys keys, PackSource source) {
        this.keys = keys;
        this.source = source;
    }

    /** The directory of whatever pack of our vault this is. */
    PackDirectory read() throws IOException {
        PackHeader header = header();
        try (CommittedKey key = header.key(keys)) {
            return directory(header, key, size());
        }
    }

    /** The directory of a certain pack. */
    PackDirectory read(PackId wanted, int wantedSize) throws IOException {
        PackHeader header = header();
        try (CommittedKey key = header.key(keys)) {
            header.requirePack(wanted);
            long size = source.size();
            if (size != wantedSize) {
                throw length("pack " + wanted + " should have " + wantedSize + " bytes, found " + size);
            }
            return directory(header, key, size());
        }
    }

    private PackHeader header() throws IOException {
        int length = (int) Math.min(PackHeader.BYTES, source.size());
        return PackHeader.decode(ByteBuffer.wrap(bytes(0, length)));
    }

    private int size() throws IOException {
        long size = source.size();
        if (size < MIN_PACK_SIZE || size > PackFormat.MAX_PACK_SIZE) {
            throw length("a pack has " + MIN_PACK_SIZE + " to " + PackFormat.MAX_PACK_SIZE + " bytes, found " + size);
        }
        return (int) size;
    }

    private PackDirectory directory(PackHeader header, CommittedKey key, int size) throws IOException {
        PackCipher cipher = new PackCipher(key, keys.vaultId(), header.pack(), header.kind());
        PackTrailer trailer = trailer(cipher, header, size);
        List<PackEntry> entries = entries(cipher, header, trailer);
        PackDirectory directory = new PackDirectory(header.pack(), header.kind(), header.suite(), size, entries);
        requireAgreement(directory, trailer);
        return directory;
    }

    private PackTrailer trailer(PackCipher cipher, PackHeader header, int size) throws IOException {
        byte[] sealed = bytes(size - PackTrailer.BYTES, PackTrailer.BYTES);
        byte[] plain = new byte[PackTrailer.PLAIN_BYTES];
        try {
            cipher.open(SealedPart.trailer(), ByteBuffer.wrap(sealed), plain);
        } catch (SealBrokenException broken) {
            throw DamagedPackException.in(
                    DamagedPackException.Part.TRAILER,
                    "trailer of pack " + header.pack() + ": the seal of the last " + PackTrailer.BYTES + " of " + size
                            + " bytes is broken; they were changed, or the pack was cut short");
        }
        return PackTrailer.decode(plain, size);
    }

    private List<PackEntry> entries(PackCipher cipher, PackHeader header, PackTrailer trailer) throws IOException {
        int offset = trailer.directoryOffset();
        int sealedLength = trailer.sealedDirectoryLength();
        byte[] stored = bytes(offset, trailer.packSize() - PackTrailer.BYTES - offset);
        byte[] plain = new byte[trailer.directoryLength()];
        try {
            cipher.open(SealedPart.directory(plain.length), ByteBuffer.wrap(stored, 0, sealedLength), plain);
        } catch (SealBrokenException broken) {
            throw directoryDamaged(
                    header.pack(), "the seal of its " + sealedLength + " bytes at " + offset + " is broken");
        }
        for (int i = sealedLength; i < stored.length; i++) {
            if (stored[i] != 0) {
                throw directoryDamaged(header.pack(), "byte " + (offset + i) + " after it should be zero");
            }
        }
        return PackDirectory.decode(header.suite(), ByteBuffer.wrap(plain));
    }

    private static void requireAgreement(PackDirectory directory, PackTrailer trailer) throws DamagedPackException {
        if (directory.entries().size() != trailer.chunkCount()) {
            throw directoryDamaged(
                    directory.id(),
                    "it lists " + directory.entries().size() + " chunks, the trailer says " + trailer.chunkCount());
        }
        if (directory.chunksEnd() != trailer.directoryOffset()) {
            throw directoryDamaged(
                    directory.id(),
                    "its chunks end at byte " + directory.chunksEnd() + ", it starts at " + trailer.directoryOffset());
        }
    }

    private byte[] bytes(long offset, int length) throws IOException {
        byte[] read = new byte[length];
        try {
            source.read(offset, ByteBuffer.wrap(read));
        } catch (IndexOutOfBoundsException e) {
            throw length("ends before byte " + (offset + length) + " of " + source.size());
        }
        return read;
    }

    private static DamagedPackException length(String message) {
        return DamagedPackException.in(DamagedPackException.Part.LENGTH, message);
    }

    private static DamagedPackException directoryDamaged(PackId pack, String message) {
        return DamagedPackException.in(
                DamagedPackException.Part.DIRECTORY, "directory of pack " + pack + ": " + message);
    }
}
