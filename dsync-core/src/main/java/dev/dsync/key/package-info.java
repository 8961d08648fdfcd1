/** The vault's key: the key file, one derived key per purpose, sealed envelopes, secrets that print ***. */
@NullMarked
package dev.dsync.key;

import org.jspecify.annotations.NullMarked;
