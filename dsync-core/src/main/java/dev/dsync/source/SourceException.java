package dev.dsync.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One file, folder or link could not be read; the pass goes on with the others. */
public final class SourceException extends IOException {

    private final transient FileFailure failure;

    SourceException(RelativePath path, IOException cause) {
        this(FileFailure.of(path, cause), cause);
    }

    SourceException(RelativePath path, String reason) {
        this(new FileFailure(path.value(), reason), null);
    }

    private SourceException(FileFailure failure, @Nullable IOException cause) {
        super(failure.toString(), cause);
        this.failure = failure;
    }

    /** Where and why. */
    public FileFailure failure() {
        return failure;
    }
}
