/**
 * The sentence itself: forwards (sync), backwards (restore), read again (check), tidied (prune).
 *
 * <p>This package holds what passes are asked with and what they answer: options, events, reports, and the failures that
 * concern a whole vault. The passes lie in packages of their own below it, in this order, each using only those before it:
 *
 * <pre>
 * parts     what every pass works with
 * loss      which copies can be counted on, and what is lost with the others
 * content   what lies in packs, read back and verified
 * commit    what makes a pass last: segments, commits, roots; taken in from other writers, or all of it after a loss
 * sync      files into packs
 * restore   packs into files
 * edit      removed, brought back, adopted: the catalog changes, no file is read
 * check     what is stored, verified and mended
 * tidy      what nobody needs any more, freed; what should lie elsewhere, moved
 * </pre>
 *
 * {@code vault.Vault} is the door to all of them; nobody else needs to open those packages, but for
 * {@link dev.dsync.pipeline.content.FileContent}.
 */
@NullMarked
package dev.dsync.pipeline;

import org.jspecify.annotations.NullMarked;
