package dev.dsync.catalog;

/**
 * How the content of a version is stored.
 *
 * @param classic whether as the original program does: the whole file compressed, then encrypted, then cut into parts,
 *     which are the version's chunks in order. The other fields are false where this is
 * @param compressed whether the whole file is one zlib stream
 * @param encrypted whether what that makes is one Fernet token
 * @param imported whether the version is known from the original's {@code files.json} alone: this home never saw the
 *     file, and does not miss it
 */
public record ContentLayout(boolean classic, boolean compressed, boolean encrypted, boolean imported) {

    /** Chunks in packs, as dsync stores unless told otherwise. */
    public static final ContentLayout PACKED = new ContentLayout(false, false, false, false);

    /** The highest code there is. */
    static final int MAX_CODE = 15;

    private static final int CLASSIC = 1;
    private static final int COMPRESSED = 2;
    private static final int ENCRYPTED = 4;
    private static final int IMPORTED = 8;

    public ContentLayout {
        if (!classic && (compressed || encrypted || imported)) {
            throw new IllegalArgumentException(
                    "only the classic layout is compressed, encrypted or imported as a whole");
        }
    }

    /** The classic layout, as dsync stores it. */
    public static ContentLayout classic(boolean compressed, boolean encrypted) {
        return new ContentLayout(true, compressed, encrypted, false);
    }

    /** The same of a version that was imported. */
    public ContentLayout asImported() {
        return new ContentLayout(classic, compressed, encrypted, true);
    }

    /** The same of a version whose file this home saw. */
    public ContentLayout asSeen() {
        return new ContentLayout(classic, compressed, encrypted, false);
    }

    /** The number that stands for it: 0 packed, else 1 and 2 if compressed, 4 if encrypted, 8 if imported. */
    public int code() {
        return (classic ? CLASSIC : 0)
                | (compressed ? COMPRESSED : 0)
                | (encrypted ? ENCRYPTED : 0)
                | (imported ? IMPORTED : 0);
    }

    /**
     * The layout that a number stands for.
     *
     * @throws IllegalArgumentException if none does
     */
    public static ContentLayout ofCode(int code) {
        if (code < 0 || code > MAX_CODE) {
            throw new IllegalArgumentException("no layout has the number " + code);
        }
        if (code == 0) {
            return PACKED;
        }
        return new ContentLayout(
                (code & CLASSIC) != 0, (code & COMPRESSED) != 0, (code & ENCRYPTED) != 0, (code & IMPORTED) != 0);
    }
}
