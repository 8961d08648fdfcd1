package dev.dsync.discord;

import java.util.Optional;

/**
 * The name of a webhook that points to its root message: {@code dsync-} and the message's number in base 32, thirteen
 * digits. The digits are Crockford's, which leave out i, l, o and u: so no number can spell "discord" or "clyde", which
 * Discord allows in no name.
 */
final class RootName {

    private static final String PREFIX = "dsync-";
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 13;

    private RootName() {}

    static String of(String messageId) {
        long number = Long.parseUnsignedLong(messageId);
        StringBuilder name = new StringBuilder(PREFIX);
        for (int digit = LENGTH - 1; digit >= 0; digit--) {
            name.append(DIGITS.charAt((int) (number >>> 5 * digit) & 31));
        }
        return name.toString();
    }

    /** The message that the name points to; empty if it points to none. */
    static Optional<String> messageId(String name) {
        if (!name.startsWith(PREFIX) || name.length() != PREFIX.length() + LENGTH) {
            return Optional.empty();
        }
        long number = 0;
        for (int i = PREFIX.length(); i < name.length(); i++) {
            int digit = DIGITS.indexOf(name.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            number = number << 5 | digit;
        }
        String messageId = Long.toUnsignedString(number);
        return number != 0 && name.equals(of(messageId)) ? Optional.of(messageId) : Optional.empty();
    }
}
