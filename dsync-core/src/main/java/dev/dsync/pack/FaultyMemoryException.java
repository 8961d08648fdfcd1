package dev.dsync.pack;

/**
 * What was just sealed does not open to what went in: this computer's memory or processor made an error. The pack is
 * thrown away; nothing of it was stored. Trying again may work, trusting this computer is another matter.
 */
public final class FaultyMemoryException extends RuntimeException {

    private static final String WHAT_TO_DO =
            ". What was just sealed came out wrong, so this computer's memory or processor"
                    + " makes mistakes: nothing of it was stored. Test the memory, then sync again";

    FaultyMemoryException(String message) {
        super(message + WHAT_TO_DO);
    }

    FaultyMemoryException(String message, Throwable cause) {
        super(message + WHAT_TO_DO, cause);
    }
}
