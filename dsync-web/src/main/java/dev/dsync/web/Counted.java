package dev.dsync.web;

/** So many of something, in words. */
final class Counted {

    private Counted() {}

    /** For example "1 pack", "2 packs". */
    static String of(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }
}
