package dev.dsync.discord;

import java.io.IOException;
import java.nio.ByteBuffer;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** A blob as part of a request: written straight from its buffer, as often as it takes, the buffer left as it was. */
final class BlobBody extends RequestBody {

    private static final MediaType BYTES = MediaType.get("application/octet-stream");

    private final ByteBuffer content;

    BlobBody(ByteBuffer content) {
        this.content = content.slice();
    }

    @Override
    public MediaType contentType() {
        return BYTES;
    }

    @Override
    public long contentLength() {
        return content.remaining();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        ByteBuffer left = content.duplicate();
        while (left.hasRemaining()) {
            sink.write(left);
        }
    }
}
