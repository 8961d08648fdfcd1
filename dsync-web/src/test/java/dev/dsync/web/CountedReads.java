package dev.dsync.web;

import dev.dsync.storage.FolderBackendProvider;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageBackendProvider;
import dev.dsync.storage.StorageException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/** Folders as targets that count the bytes read from them. */
final class CountedReads implements StorageBackendProvider {

    private final StorageBackendProvider folders = new FolderBackendProvider();
    private final AtomicLong bytes = new AtomicLong();

    /** Bytes read so far. */
    long bytes() {
        return bytes.get();
    }

    @Override
    public boolean understands(String line) {
        return folders.understands(line);
    }

    @Override
    public StorageBackend open(String line, Surroundings surroundings) throws StorageException {
        StorageBackend folder = folders.open(line, surroundings);
        return (StorageBackend) Proxy.newProxyInstance(
                StorageBackend.class.getClassLoader(),
                new Class<?>[] {StorageBackend.class},
                (proxy, method, arguments) -> counted(folder, method, arguments));
    }

    private Object counted(StorageBackend folder, Method method, Object... arguments) throws Throwable {
        if (method.getName().equals("read")) {
            bytes.addAndGet(((ByteBuffer) arguments[2]).remaining());
        }
        try {
            return method.invoke(folder, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
