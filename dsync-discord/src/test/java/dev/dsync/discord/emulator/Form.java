package dev.dsync.discord.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mockwebserver3.RecordedRequest;
import okhttp3.MediaType;
import okhttp3.MultipartReader;
import okio.Buffer;
import okio.ByteString;

/** What a request carries: its JSON, and its files if it is a form of several parts. */
record Form(JsonNode payload, List<Upload> files) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern FIELD = Pattern.compile("\\bname=\"([^\"]*)\"");
    private static final Pattern FILE_NAME = Pattern.compile("\\bfilename=\"([^\"]*)\"");

    /** A file as it was sent. */
    record Upload(String field, String fileName, ByteString content) {}

    static Form of(RecordedRequest request) throws IOException {
        ByteString body = request.getBody();
        if (body == null || body.size() == 0) {
            return new Form(JsonNodeFactory.instance.objectNode(), List.of());
        }
        String type = String.valueOf(request.getHeaders().get("Content-Type"));
        if (!type.startsWith("multipart/form-data")) {
            return new Form(JSON.readTree(body.utf8()), List.of());
        }
        JsonNode payload = JsonNodeFactory.instance.objectNode();
        List<Upload> files = new ArrayList<>();
        String boundary = MediaType.get(type).parameter("boundary");
        try (MultipartReader reader = new MultipartReader(new Buffer().write(body), String.valueOf(boundary))) {
            for (MultipartReader.Part part = reader.nextPart(); part != null; part = reader.nextPart()) {
                String disposition = String.valueOf(part.headers().get("Content-Disposition"));
                ByteString content = part.body().readByteString();
                if (first(FIELD, disposition).equals("payload_json")) {
                    payload = JSON.readTree(content.utf8());
                } else {
                    files.add(new Upload(first(FIELD, disposition), first(FILE_NAME, disposition), content));
                }
            }
        }
        return new Form(payload, files);
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}
