package dev.dsync.storage;

import java.util.regex.Pattern;

/** Where a backend put a blob: 1 to 400 visible ASCII characters that only that backend understands. */
public record BlobAddress(String value) {

    private static final Pattern VALID = Pattern.compile("[!-~]{1,400}");

    public BlobAddress {
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException("blob address must match " + VALID + ", was \"" + value + '"');
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
