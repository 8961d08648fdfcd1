package dev.dsync.metadata;

import java.io.IOException;

/** A JSON file is damaged, or is another kind of file. The message says where: file, line and column. */
public final class DamagedJsonException extends IOException {

    private static final long serialVersionUID = 1;

    DamagedJsonException(String message) {
        super(message);
    }
}
