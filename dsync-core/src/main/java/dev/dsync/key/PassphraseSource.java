package dev.dsync.key;

import java.io.IOException;

/** Where a passphrase comes from, asked only when one is needed: a terminal, a file, a variable of the environment. */
@FunctionalInterface
public interface PassphraseSource {

    /**
     * The passphrase, in an array of its own that is overwritten after use.
     *
     * @throws IOException if there is nobody to ask, or nothing to read
     */
    char[] passphrase() throws IOException;
}
