package dev.dsync.pack;

/**
 * What was just sealed does not open to what went in: this computer's memory or processor made an error. The pack is
 * thrown away; nothing of it was stored. Trying again may work, trusting this computer is another matter.
 */
public final class FaultyMemoryException extends RuntimeException {

    FaultyMemoryException(String message) {
        super(message);
    }

    FaultyMemoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
