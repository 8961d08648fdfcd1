package dev.dsync.catalog;

import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.TargetId;

/** One copy of a pack: the target it lies on and where. */
public record StoredCopy(TargetId target, BlobAddress address) {}
