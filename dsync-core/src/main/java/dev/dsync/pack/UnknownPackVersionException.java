package dev.dsync.pack;

/** A pack written by a later dsync than this one. Only a newer program helps. */
public final class UnknownPackVersionException extends PackException {

    UnknownPackVersionException(String message) {
        super(message);
    }
}
