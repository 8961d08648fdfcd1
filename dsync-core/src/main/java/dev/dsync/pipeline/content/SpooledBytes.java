package dev.dsync.pipeline.content;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that must be kept until it is known whether they may be used: a few in memory, more in a file that only the user
 * may read and that is gone once this is closed or the process ends. First written, then read, by one thread at a time.
 */
final class SpooledBytes extends OutputStream {

    /** How many bytes stay in memory: less than a part. */
    private static final int MOST_IN_MEMORY = 4 << 20;

    private final Path folder;
    private final RandomGenerator random;
    private ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private @Nullable FileChannel file;
    private long length;

    /** @param folder where the file is made if there is need of one */
    SpooledBytes(Path folder, RandomGenerator random) {
        this.folder = folder;
        this.random = random;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        length += count;
        if (file == null && length <= MOST_IN_MEMORY) {
            memory.write(bytes, offset, count);
            return;
        }
        if (file == null) {
            file = create();
            append(file, memory.toByteArray(), 0, memory.size());
            memory = new ByteArrayOutputStream();
        }
        append(file, bytes, offset, count);
    }

    private FileChannel create() throws IOException {
        Files.createDirectories(folder);
        FileAttribute<?>[] mine =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        return FileChannel.open(
                folder.resolve(Long.toHexString(random.nextLong()) + ".verifying"),
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.READ,
                        StandardOpenOption.DELETE_ON_CLOSE),
                mine);
    }

    private static void append(FileChannel file, byte[] bytes, int offset, int count) throws IOException {
        for (ByteBuffer rest = ByteBuffer.wrap(bytes, offset, count); rest.hasRemaining(); ) {
            file.write(rest);
        }
    }

    /** All bytes, from the first on. Good until this is closed. */
    InputStream open() {
        FileChannel written = file;
        return written == null ? new ByteArrayInputStream(memory.toByteArray()) : new FileBytes(written);
    }

    @Override
    public void close() throws IOException {
        memory = new ByteArrayOutputStream();
        if (file != null) {
            file.close();
        }
    }

    /** Reads with a position of its own. */
    private static final class FileBytes extends InputStream {

        private final FileChannel channel;
        private long position;

        FileBytes(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            Objects.checkFromIndexSize(offset, count, target.length);
            int read = channel.read(ByteBuffer.wrap(target, offset, count), position);
            position += Math.max(0, read);
            return read;
        }
    }
}
