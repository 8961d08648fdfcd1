package dev.dsync.cli.settings;

import java.util.Collection;
import java.util.Optional;

/** Finds the word that somebody probably meant. */
public final class Nearest {

    /** Of a word's letters, so many may be wrong: a third, at least two. */
    private static final int LETTERS_PER_MISTAKE = 3;

    private final String written;
    private int distance;
    private Optional<String> nearest = Optional.empty();

    /** Looks for words near the one that was written. */
    public Nearest(String written) {
        this.written = written;
        this.distance = Math.max(2, written.length() / LETTERS_PER_MISTAKE) + 1;
    }

    /** The nearest of {@code words}, if any is near. */
    public static Optional<String> to(String written, Collection<String> words) {
        Nearest nearest = new Nearest(written);
        words.forEach(nearest::offer);
        return nearest.found();
    }

    /** Looks at one more word. */
    public void offer(String word) {
        int found = distance(word);
        if (found < distance) {
            distance = found;
            nearest = Optional.of(word);
        }
    }

    /** The nearest word so far; the first of several that are equally near. */
    public Optional<String> found() {
        return nearest;
    }

    /** Letters to insert, remove or replace; anything at or above the current distance counts as that. */
    private int distance(String word) {
        if (Math.abs(word.length() - written.length()) >= distance) {
            return distance;
        }
        int[] above = new int[word.length() + 1];
        for (int j = 0; j <= word.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= written.length(); i++) {
            int[] row = new int[word.length() + 1];
            row[0] = i;
            int least = i;
            for (int j = 1; j <= word.length(); j++) {
                int replaced = above[j - 1] + (same(written.charAt(i - 1), word.charAt(j - 1)) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
                least = Math.min(least, row[j]);
            }
            if (least >= distance) {
                return distance;
            }
            above = row;
        }
        return above[word.length()];
    }

    private static boolean same(char a, char b) {
        return Character.toLowerCase(a) == Character.toLowerCase(b);
    }
}
