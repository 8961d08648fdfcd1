package dev.dsync.web;

import dev.dsync.storage.FolderBackendProvider;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageBackendProvider;
import dev.dsync.storage.StorageException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;

/** Folders as targets on which nothing can be stored until they are let go. */
final class HeldPuts implements StorageBackendProvider {

    private final StorageBackendProvider folders = new FolderBackendProvider();
    private final CountDownLatch free = new CountDownLatch(1);

    /** From now on everything is stored at once. */
    void letGo() {
        free.countDown();
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
                (proxy, method, arguments) -> held(folder, method, arguments));
    }

    private Object held(StorageBackend folder, Method method, Object... arguments) throws Throwable {
        if (method.getName().equals("put")) {
            free.await();
        }
        try {
            return method.invoke(folder, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
