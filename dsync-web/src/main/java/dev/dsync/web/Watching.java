package dev.dsync.web;

import dev.dsync.source.RelativePath;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Looks at the synced folder whenever it may have changed. */
public interface Watching {

    /**
     * Begins to watch.
     *
     * @param folder the synced folder, which need not exist yet
     * @param sync to be made at once and then whenever it is time, by one thread
     * @return ends the watch when closed; a sync under way goes on
     */
    Closeable start(Path folder, Sync sync) throws IOException;

    /** One sync of the folder. */
    interface Sync {

        /**
         * Makes it and waits for its end.
         *
         * @param listed hears of each folder that was looked at, from any thread
         * @return whether it came to its end and could read everything
         */
        boolean run(Consumer<RelativePath> listed) throws InterruptedException;
    }
}
