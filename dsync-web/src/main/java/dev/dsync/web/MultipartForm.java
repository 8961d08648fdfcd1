package dev.dsync.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** A form that is read while it arrives: files go straight to where they are wanted, fields are short texts. */
final class MultipartForm {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int MOST_FIELD_BYTES = 1 << 17;
    private static final int MOST_PARTS = 10_000;

    private static final Pattern BOUNDARY = Pattern.compile(
            "multipart/form-data\\s*;.*boundary=(?:\"([^\"]+)\"|([^;\\s]+)).*", Pattern.CASE_INSENSITIVE);
    private static final Pattern PARAMETER = Pattern.compile(";\\s*(name|filename)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final String boundary;

    private MultipartForm(String boundary) {
        this.boundary = boundary;
    }

    /** Takes a form's parts as they come. */
    interface Receiver {

        /** A field. */
        void field(String name, String value);

        /** A file begins. */
        void fileBegins(String name) throws IOException;

        /** More of the file that began last. */
        void fileContent(ByteBuffer bytes) throws IOException;

        /** All of it is there. */
        void fileEnds() throws IOException;
    }

    /** @throws ApiException if a request with this {@code Content-Type} has no such form */
    static MultipartForm of(@Nullable String contentType) {
        Matcher found = BOUNDARY.matcher(String.valueOf(contentType));
        if (!found.matches()) {
            throw new ApiException(415, "multipart", "send a form: multipart/form-data with a part named file");
        }
        return new MultipartForm(found.group(1) != null ? found.group(1) : found.group(2));
    }

    /**
     * Reads the form to its end.
     *
     * @throws ApiException if it is no such form, or ends too early
     */
    void read(InputStream in, Receiver receiver) throws IOException {
        Parts parts = new Parts(receiver);
        MultiPart.Parser parser = new MultiPart.Parser(boundary, parts);
        parser.setMaxParts(MOST_PARTS);
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            parser.parse(Content.Chunk.from(ByteBuffer.wrap(buffer, 0, read), false));
            parts.requireWell();
        }
        parser.parse(Content.Chunk.EOF);
        parts.requireWell();
        if (!parts.complete) {
            throw ApiException.badRequest("multipart", "the form ends too early");
        }
    }

    /** What the parser finds. It passes on whatever is thrown here as a failure of its own, so failures are kept. */
    private static final class Parts implements MultiPart.Parser.Listener {

        private final Receiver receiver;
        private final ByteArrayOutputStream field = new ByteArrayOutputStream();
        private String disposition = "";
        private boolean file;
        private boolean complete;
        private @Nullable Throwable failure;

        Parts(Receiver receiver) {
            this.receiver = receiver;
        }

        private interface Step {
            void run() throws IOException;
        }

        private void guarded(Step step) {
            if (failure != null) {
                return;
            }
            try {
                step.run();
            } catch (IOException | RuntimeException e) {
                failure = e;
            }
        }

        void requireWell() throws IOException {
            if (failure instanceof IOException io) {
                throw io;
            }
            if (failure instanceof RuntimeException unexpected) {
                throw unexpected;
            }
        }

        @Override
        public void onPartBegin() {
            disposition = "";
            field.reset();
        }

        @Override
        public void onPartHeader(String name, String value) {
            if (name.toLowerCase(Locale.ROOT).equals("content-disposition")) {
                disposition = value;
            }
        }

        @Override
        public void onPartHeaders() {
            Optional<String> fileName = parameter("filename");
            file = fileName.isPresent();
            fileName.ifPresent(name -> guarded(() -> receiver.fileBegins(name)));
        }

        @Override
        public void onPartContent(Content.Chunk chunk) {
            ByteBuffer bytes = chunk.getByteBuffer();
            guarded(() -> {
                if (file) {
                    receiver.fileContent(bytes.slice());
                } else if (field.size() + bytes.remaining() > MOST_FIELD_BYTES) {
                    throw ApiException.badRequest("multipart", "a field is longer than " + MOST_FIELD_BYTES + " bytes");
                } else {
                    byte[] piece = new byte[bytes.remaining()];
                    bytes.slice().get(piece);
                    field.write(piece);
                }
            });
        }

        @Override
        public void onPartEnd() {
            guarded(() -> {
                if (file) {
                    receiver.fileEnds();
                } else {
                    receiver.field(parameter("name").orElse(""), field.toString(StandardCharsets.UTF_8));
                }
            });
        }

        @Override
        public void onComplete() {
            complete = true;
        }

        @Override
        public void onFailure(Throwable cause) {
            if (failure == null) {
                failure = ApiException.badRequest(
                        "multipart", "the form is malformed or ends too early: " + cause.getMessage());
            }
        }

        /** Browsers write a quote and line ends in names as percent codes; curl puts a backslash before a quote. */
        private Optional<String> parameter(String wanted) {
            Matcher found = PARAMETER.matcher(disposition);
            while (found.find()) {
                if (found.group(1).equals(wanted)) {
                    return Optional.of(found.group(2)
                            .replace("\\\"", "\"")
                            .replace("%22", "\"")
                            .replace("%0D", "\r")
                            .replace("%0A", "\n"));
                }
            }
            return Optional.empty();
        }
    }
}
