package dev.dsync.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.BlobTooLargeException;
import dev.dsync.storage.ForwardingBackend;
import dev.dsync.storage.MemoryBackend;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetId;
import dev.dsync.vault.TestVault;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service takes less in one request than it said: a commit goes in smaller ones, and the pass does not fail. */
class SmallerRequestsTest {

    @TempDir
    private Path folder;

    /** Says that it takes ten blobs in one request, and then takes one. */
    private static final class OneByOne extends ForwardingBackend {

        private volatile int blobs = 10;
        private volatile int refusals;

        OneByOne() {
            super(new MemoryBackend(new TargetId("memory:a"), new BackendLimits(10 << 20, 10, 25 << 20)));
        }

        @Override
        public List<BlobAddress> put(List<ByteBuffer> contents) throws StorageException {
            if (contents.size() > 1) {
                blobs = 1;
                refusals++;
                throw new BlobTooLargeException("one at a time");
            }
            return super.put(contents);
        }

        @Override
        public BackendLimits limits() {
            return new BackendLimits(10 << 20, blobs, 25 << 20);
        }
    }

    @Test
    void areNoFailureOfACommit() throws Exception {
        OneByOne target = new OneByOne();
        try (TestVault home = new TestVault(folder.resolve("home"), 1, target)) {
            Files.writeString(home.synced().resolve("file"), "content");
            home.sync();
            assertThat(target.refusals).isEqualTo(1);
            home.loseState();
            home.restore(folder.resolve("back"));
            assertThat(folder.resolve("back/file")).hasContent("content");
        }
    }
}
