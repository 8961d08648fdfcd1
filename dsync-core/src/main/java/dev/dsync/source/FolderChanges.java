package dev.dsync.source;

import java.io.Closeable;
import java.time.Duration;

/**
 * Tells when something in a folder may have changed; what it is, a look at the folder shows. May tell too often, and may
 * miss something: whoever needs to be sure looks every so often anyway. For one thread, but for {@link #close}.
 */
public interface FolderChanges extends Closeable {

    /**
     * Waits until something may have changed since the last call that said so.
     *
     * @param longest to wait at most
     * @return whether something may have; false once the time is up
     */
    boolean await(Duration longest) throws InterruptedException;
}
