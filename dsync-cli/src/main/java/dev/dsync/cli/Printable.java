package dev.dsync.cli;

/** Text from outside, such as a file's name, as a terminal can show it: what would steer the terminal is escaped. */
final class Printable {

    private Printable() {}

    static String of(String text) {
        int clean = 0;
        while (clean < text.length() && !Character.isISOControl(text.charAt(clean))) {
            clean++;
        }
        if (clean == text.length()) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        for (char c : text.toCharArray()) {
            if (Character.isISOControl(c)) {
                shown.append(String.format("\\x%02x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }
}
