package dev.dsync.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Stores files as the original program does, and keeps the same records of them. Written from its README, with nothing of
 * dsync's own code.
 */
final class OriginalProgram {

    private final ObjectMapper mapper = new ObjectMapper();
    private final OkHttpClient client = new OkHttpClient();
    private final List<String> webhooks;
    private final Random random;
    private final byte[] key = new byte[32];
    private final StringBuilder log = new StringBuilder();

    final ObjectNode files = mapper.createObjectNode();
    int partBytes = (int) (9.99 * 1024 * 1024);

    OriginalProgram(List<String> webhooks, long seed) {
        this.webhooks = webhooks;
        this.random = new Random(seed);
        random.nextBytes(key);
    }

    /** Stores a file and returns its entry. */
    ObjectNode store(String path, byte[] content, boolean compress, boolean encrypt) throws IOException {
        byte[] stored = compress ? deflated(content) : content;
        stored = encrypt ? token(stored) : stored;
        ObjectNode entry = mapper.createObjectNode()
                .put("file_path", path)
                .put("file_hash", sha256(content))
                .put("file_size", content.length)
                .put("date_created", "2026-02-16T10:00:00.123456")
                .put("file_type", path.contains(".") ? path.substring(path.lastIndexOf('.')) : "")
                .put("compressed", compress)
                .put("encrypted", encrypt);
        ArrayNode chunks = entry.putArray("chunks");
        for (int at = 0; at < stored.length; at += partBytes) {
            byte[] part = Arrays.copyOfRange(stored, at, Math.min(stored.length, at + partBytes));
            chunks.add(upload(part, sha256(content) + "_chunk_" + chunks.size() + ".bin", chunks.size()));
        }
        entry.put("deleted", false);
        files.set(path, entry);
        return entry;
    }

    private ObjectNode upload(byte[] part, String name, int index) throws IOException {
        String webhook = webhooks.get(random.nextInt(webhooks.size()));
        MultipartBody body = new MultipartBody.Builder()
                .setType(MultipartBody.FORM)
                .addFormDataPart("file", name, RequestBody.create(part))
                .build();
        Request request = new Request.Builder()
                .url(webhook + "?wait=true")
                .header("User-Agent", "DiscordBot (original, 1)")
                .post(body)
                .build();
        try (Response response = client.newCall(request).execute()) {
            JsonNode reply = mapper.readTree(response.body().string());
            log.append("\n[2026-02-16T10:00:01.000001] ").append(name).append('\n');
            log.append(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(reply));
            log.append('\n').append("=".repeat(80)).append('\n');
            return mapper.createObjectNode()
                    .put("chunk_index", index)
                    .put("chunk_hash", sha256(part))
                    .put("webhook_url", webhook)
                    .put("cdn_url", reply.at("/attachments/0/url").asText());
        }
    }

    /** Leaves key, files.json and logs/upload.log in a home. */
    void leaveIn(Path home) throws IOException {
        Files.write(home.resolve(".encryption_key"), Base64.getUrlEncoder().encode(key));
        ObjectNode whole = mapper.createObjectNode().put("last_updated", "2026-02-16T12:34:56");
        whole.set("files", files);
        Files.writeString(
                home.resolve("files.json"),
                mapper.writerWithDefaultPrettyPrinter().writeValueAsString(whole));
        Files.createDirectories(home.resolve("logs"));
        Files.writeString(home.resolve("logs/upload.log"), log);
    }

    private byte[] token(byte[] plain) {
        byte[] iv = new byte[16];
        random.nextBytes(iv);
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, 16, 16, "AES"), new IvParameterSpec(iv));
            byte[] encrypted = cipher.doFinal(plain);
            byte[] signed = ByteBuffer.allocate(25 + encrypted.length)
                    .put((byte) 0x80)
                    .putLong(1_771_236_000)
                    .put(iv)
                    .put(encrypted)
                    .array();
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, 0, 16, "HmacSHA256"));
            ByteArrayOutputStream token = new ByteArrayOutputStream();
            token.writeBytes(signed);
            token.writeBytes(mac.doFinal(signed));
            return Base64.getUrlEncoder().encode(token.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] deflated(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(plain);
        }
        return out.toByteArray();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
