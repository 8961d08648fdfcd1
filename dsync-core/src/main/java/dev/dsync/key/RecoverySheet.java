package dev.dsync.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A vault key as text on paper: four lines of sixteen letters and digits, each with a check of its own, so that one who
 * types them in hears which line is wrong. The key is not under a passphrase there: whoever has the sheet has the vault.
 *
 * <pre>
 * line i of 4 = base32 (RFC 4648, no padding) of
 *   8 bytes of the key, from 8 (i - 1) on
 *   2 bytes: the first of SHA-256("dsync recovery sheet 1" | i as one byte | those 8 bytes)
 * code        = "DSYNC1:" and the four lines without blanks: what a QR code holds
 * </pre>
 *
 * <p>When read, upper and lower case are the same, blanks and hyphens count as nothing, and 0, 1 and 8, which base32 has
 * not, as O, I and B.
 */
public final class RecoverySheet {

    private static final String MAGIC = "dsync recovery sheet 1";
    private static final String CODE = "DSYNC1:";
    private static final int LINES = 4;
    private static final int LINE_BYTES = VaultKey.BYTES / LINES;
    private static final int CHECK_BYTES = 2;
    private static final int LINE_LETTERS = (LINE_BYTES + CHECK_BYTES) * 8 / 5;
    private static final int GROUP = 4;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /** A line of the key on a sheet: its number, then four groups of four. */
    private static final Pattern LINE =
            Pattern.compile("(?m)^\\h*([1-4])[.:)]?\\h+((?:[A-Za-z0-9]{4}[\\h-]*){4})\\h*$");

    private static final Pattern CODE_LETTERS = Pattern.compile("(?i)" + CODE + "([A-Z0-9\\s-]*)");

    private static final Pattern VAULT = Pattern.compile("(?mi)^\\h*vault:?\\h+([0-9a-f]{32})\\h*$");

    private RecoverySheet() {}

    /** The four lines, numbered, in groups of four. Holds the key. */
    public static List<String> lines(VaultKey key) {
        String letters = letters(key);
        return List.of(1, 2, 3, 4).stream()
                .map(number ->
                        number + "  " + grouped(letters.substring((number - 1) * LINE_LETTERS, number * LINE_LETTERS)))
                .toList();
    }

    /** The key as one word of capital letters and digits, for a QR code. */
    public static String code(VaultKey key) {
        return CODE + letters(key);
    }

    /**
     * Reads the key from the text of a sheet or from its code; the caller closes it. A line {@code vault} with the
     * vault's id, if there is one, must fit.
     *
     * @throws IllegalArgumentException if it is none, or mistyped; the message says where and holds nothing of the key
     */
    public static VaultKey parse(String text) {
        VaultKey key = key(found(text));
        Matcher vault = VAULT.matcher(text);
        if (vault.find()
                && !key.vaultId()
                        .equals(VaultId.of(
                                HexFormat.of().parseHex(vault.group(1).toLowerCase(Locale.ROOT))))) {
            String found = key.vaultId().toString();
            key.close();
            throw new IllegalArgumentException(
                    "its key is that of vault " + found + ", but it names vault " + vault.group(1));
        }
        return key;
    }

    private static String[] found(String text) {
        String[] lines = new String[LINES];
        Optional<String> code = code(text);
        if (code.isPresent()) {
            for (int i = 0; i < LINES; i++) {
                lines[i] = code.get().substring(i * LINE_LETTERS, (i + 1) * LINE_LETTERS);
            }
            return lines;
        }
        Matcher line = LINE.matcher(text);
        while (line.find()) {
            int index = Integer.parseInt(line.group(1)) - 1;
            if (lines[index] != null) {
                throw new IllegalArgumentException("line " + (index + 1) + " of the key is there twice");
            }
            lines[index] = cleaned(line.group(2));
        }
        return lines;
    }

    private static Optional<String> code(String text) {
        Matcher found = CODE_LETTERS.matcher(text);
        if (!found.find()) {
            return Optional.empty();
        }
        String letters = cleaned(found.group(1));
        if (letters.length() != LINES * LINE_LETTERS) {
            throw new IllegalArgumentException("the code has " + letters.length() + " characters after " + CODE
                    + ", it should have " + LINES * LINE_LETTERS);
        }
        return Optional.of(letters);
    }

    private static VaultKey key(String[] lines) {
        byte[] bytes = new byte[VaultKey.BYTES];
        try {
            for (int i = 0; i < LINES; i++) {
                if (lines[i] == null) {
                    throw new IllegalArgumentException("line " + (i + 1)
                            + " of the key is missing: a number and four groups of four letters and digits");
                }
                readLine(lines[i], i + 1, bytes);
            }
            return VaultKey.of(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static void readLine(String letters, int number, byte[] into) {
        byte[] line = decoded(letters, number);
        byte[] part = Arrays.copyOf(line, LINE_BYTES);
        boolean fits = MessageDigest.isEqual(check(number, part), Arrays.copyOfRange(line, LINE_BYTES, line.length));
        System.arraycopy(part, 0, into, (number - 1) * LINE_BYTES, LINE_BYTES);
        Arrays.fill(line, (byte) 0);
        Arrays.fill(part, (byte) 0);
        if (!fits) {
            throw new IllegalArgumentException(
                    "line " + number + " of the key is mistyped: compare it letter by letter");
        }
    }

    private static String letters(VaultKey key) {
        StringBuilder letters = new StringBuilder(LINES * LINE_LETTERS);
        try (SecretBytes raw = key.raw()) {
            byte[] bytes = raw.copy();
            for (int i = 0; i < LINES; i++) {
                byte[] part = Arrays.copyOfRange(bytes, i * LINE_BYTES, (i + 1) * LINE_BYTES);
                byte[] line = Arrays.copyOf(part, LINE_BYTES + CHECK_BYTES);
                System.arraycopy(check(i + 1, part), 0, line, LINE_BYTES, CHECK_BYTES);
                encode(line, letters);
                Arrays.fill(line, (byte) 0);
                Arrays.fill(part, (byte) 0);
            }
            Arrays.fill(bytes, (byte) 0);
        }
        return letters.toString();
    }

    private static byte[] check(int number, byte[] part) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(MAGIC.getBytes(StandardCharsets.US_ASCII));
            digest.update((byte) number);
            return Arrays.copyOf(digest.digest(part), CHECK_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static void encode(byte[] bytes, StringBuilder letters) {
        long bits = 0;
        int count = 0;
        for (byte next : bytes) {
            bits = bits << 8 | next & 0xff;
            for (count += 8; count >= 5; count -= 5) {
                letters.append(ALPHABET.charAt((int) (bits >>> count - 5) & 31));
            }
        }
    }

    private static byte[] decoded(String letters, int number) {
        byte[] bytes = new byte[LINE_BYTES + CHECK_BYTES];
        long bits = 0;
        int count = 0;
        int at = 0;
        for (char letter : letters.toCharArray()) {
            int value = ALPHABET.indexOf(letter);
            if (value < 0) {
                throw new IllegalArgumentException(
                        "line " + number + " of the key has a character that no key has: A to Z and 2 to 7 are used");
            }
            bits = bits << 5 | value;
            count += 5;
            if (count >= 8) {
                count -= 8;
                bytes[at++] = (byte) (bits >>> count);
            }
        }
        return bytes;
    }

    private static String cleaned(String written) {
        return written.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s-]", "")
                .replace('0', 'O')
                .replace('1', 'I')
                .replace('8', 'B');
    }

    private static String grouped(String letters) {
        StringBuilder groups = new StringBuilder();
        for (int i = 0; i < letters.length(); i += GROUP) {
            groups.append(i == 0 ? "" : " ").append(letters, i, i + GROUP);
        }
        return groups.toString();
    }
}
