package dev.dsync.web;

import java.io.Closeable;
import java.nio.file.Path;

/** Notices that the synced folder may have changed. */
public interface Watching {

    /**
     * Begins to watch.
     *
     * @param folder the synced folder, which need not exist yet
     * @param changed to be called, from any thread and quickly, when it is time to look
     * @return ends the watch when closed
     */
    Closeable start(Path folder, Runnable changed);
}
