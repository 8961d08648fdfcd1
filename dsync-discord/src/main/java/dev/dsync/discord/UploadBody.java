package dev.dsync.discord;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** A request body that remembers whether all of it has been sent: only then can a lost reply have left something. */
final class UploadBody extends RequestBody {

    private final RequestBody body;
    private volatile boolean sent;

    UploadBody(RequestBody body) {
        this.body = body;
    }

    boolean wasSent() {
        return sent;
    }

    @Override
    public MediaType contentType() {
        return body.contentType();
    }

    @Override
    public long contentLength() throws IOException {
        return body.contentLength();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        body.writeTo(sink);
        sink.flush();
        sent = true;
    }
}
