package dev.dsync.pipeline.parts;

import dev.dsync.placement.Placed;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for what the pool stores. */
public final class Uploads {

    private Uploads() {}

    public static List<Placed> await(CompletableFuture<List<Placed>> upload) throws IOException, InterruptedException {
        try {
            return upload.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IOException(e.getCause());
        }
    }
}
