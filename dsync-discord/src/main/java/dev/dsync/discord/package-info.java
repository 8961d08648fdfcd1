/** Discord webhooks as targets: each webhook is one {@link dev.dsync.storage.StorageBackend}, each channel one lane. */
@NullMarked
package dev.dsync.discord;

import org.jspecify.annotations.NullMarked;
