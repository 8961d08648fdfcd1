package dev.dsync.source;

import java.io.IOException;

/** There is something that is neither a file, a folder nor a symbolic link. The message says what: "is a socket". */
final class SpecialFileException extends IOException {

    SpecialFileException(String message) {
        super(message);
    }
}
