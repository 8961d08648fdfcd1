package dev.dsync.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Short texts as blobs. */
public final class TestBlobs {

    private TestBlobs() {}

    public static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    public static BlobAddress putOne(StorageBackend backend, String content) throws StorageException {
        return backend.put(List.of(bytes(content))).get(0);
    }

    public static ByteBuffer read(StorageBackend backend, BlobAddress address, long offset, int length)
            throws StorageException {
        ByteBuffer target = ByteBuffer.allocate(length);
        backend.read(address, offset, target);
        return target.flip();
    }

    public static String text(StorageBackend backend, BlobAddress address, long offset, int length)
            throws StorageException {
        return StandardCharsets.UTF_8
                .decode(read(backend, address, offset, length))
                .toString();
    }
}
