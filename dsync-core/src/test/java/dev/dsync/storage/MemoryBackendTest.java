package dev.dsync.storage;

class MemoryBackendTest extends StorageBackendContract {

    private final MemoryBackend backend =
            new MemoryBackend(new TargetId("memory:test"), new BackendLimits(1 << 20, 10, 4 << 20));

    @Override
    protected StorageBackend open() {
        return backend;
    }
}
