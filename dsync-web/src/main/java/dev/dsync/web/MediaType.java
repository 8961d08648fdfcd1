package dev.dsync.web;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a file's name says of its content, and how much of that a browser is told. What could run as a page of the
 * dashboard is never told as what it is.
 *
 * @param name as in {@code Content-Type}
 * @param shown how the page previews it
 */
record MediaType(String name, Preview shown) {

    /** Ways to preview a file. */
    enum Preview {
        IMAGE,
        VIDEO,
        AUDIO,
        PDF,
        TEXT,
        NONE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final MediaType TEXT = new MediaType("text/plain;charset=utf-8", Preview.TEXT);
    private static final MediaType UNKNOWN = new MediaType("application/octet-stream", Preview.NONE);
    private static final Map<String, MediaType> BY_ENDING = new HashMap<>();

    /** SVG is safe as the source of an image, where it cannot run anything. */
    private static final String IMAGES = "png image/png jpg image/jpeg jpeg image/jpeg gif image/gif webp image/webp"
            + " avif image/avif bmp image/bmp ico image/x-icon svg image/svg+xml";

    private static final String VIDEOS =
            "mp4 video/mp4 m4v video/mp4 webm video/webm ogv video/ogg mov video/quicktime" + " mkv video/x-matroska";
    private static final String AUDIOS = "mp3 audio/mpeg m4a audio/mp4 aac audio/aac ogg audio/ogg oga audio/ogg"
            + " opus audio/ogg flac audio/flac wav audio/wav";
    private static final String TEXTS =
            "txt md markdown rst log csv tsv json jsonl yaml yml toml ini cfg conf properties"
                    + " xml html htm xhtml css js mjs ts tsx jsx java kt kts scala groovy gradle py rb php pl lua r go rs c h cc"
                    + " cpp hpp cs swift m mm sh bash zsh fish bat cmd ps1 sql tex bib diff patch srt vtt gitignore dockerfile"
                    + " makefile env lock";

    static {
        read(IMAGES, Preview.IMAGE);
        read(VIDEOS, Preview.VIDEO);
        read(AUDIOS, Preview.AUDIO);
        for (String ending : TEXTS.split(" ")) {
            BY_ENDING.put(ending, TEXT);
        }
        BY_ENDING.put("pdf", new MediaType("application/pdf", Preview.PDF));
    }

    private static void read(String pairs, Preview shown) {
        String[] words = pairs.split(" ");
        for (int i = 0; i < words.length; i += 2) {
            BY_ENDING.put(words[i], new MediaType(words[i + 1], shown));
        }
    }

    /** What a file of this name is taken for. */
    static MediaType of(String fileName) {
        String ending = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return BY_ENDING.getOrDefault(ending, UNKNOWN);
    }

    /** Whether a browser may show it in a frame or window of its own. */
    boolean mayBeOpened() {
        return shown != Preview.NONE && !name.startsWith("image/svg");
    }
}
