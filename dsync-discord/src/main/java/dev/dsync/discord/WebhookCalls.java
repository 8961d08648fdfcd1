package dev.dsync.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dsync.storage.BlobNotFoundException;
import dev.dsync.storage.BlobTooLargeException;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetBlockedException;
import dev.dsync.storage.TargetGoneException;
import dev.dsync.storage.TargetUnavailableException;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls that can be made with a webhook's URL. Each waits for its turn, sends one request, and turns any answer but
 * success into the exception that says what to do. Messages name the webhook by its number only.
 */
final class WebhookCalls {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookCalls.class);
    private static final MediaType JSON = MediaType.get("application/json");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final WebhookUrl url;
    private final Traffic traffic;
    private final Gate gate;
    private final AtomicLong requests = new AtomicLong();
    private final Runnable onLostReply;
    private volatile @Nullable String gone;

    WebhookCalls(WebhookUrl url, Traffic traffic, Gate gate, Runnable onLostReply) {
        this.url = url;
        this.traffic = traffic;
        this.gate = gate;
        this.onLostReply = onLostReply;
    }

    long requests() {
        return requests.get();
    }

    /** Counts requests that were sent elsewhere, for example to the storage behind a link. */
    void countRequests(long sent) {
        requests.addAndGet(sent);
    }

    /** The webhook: its name, channel and guild. */
    JsonNode describe() throws StorageException {
        return send(Route.DESCRIBE, get(url.webhook()));
    }

    JsonNode rename(String name) throws StorageException {
        RequestBody body = json(NODES.objectNode().put("name", name));
        return send(Route.RENAME, request(url.webhook()).patch(body).build());
    }

    JsonNode message(String messageId) throws StorageException {
        return send(Route.READ, get(url.message(messageId)));
    }

    JsonNode edit(String messageId, String content) throws StorageException {
        ObjectNode payload = payload().put("content", content);
        payload.remove("flags");
        return send(
                Route.EDIT, request(url.message(messageId)).patch(json(payload)).build());
    }

    /** Removes all attachments of the message but those to keep. */
    void keepOnly(String messageId, Collection<String> attachmentIds) throws StorageException {
        ObjectNode payload = NODES.objectNode();
        var kept = payload.putArray("attachments");
        attachmentIds.forEach(id -> kept.addObject().put("id", id));
        send(Route.EDIT, request(url.message(messageId)).patch(json(payload)).build());
    }

    void delete(String messageId) throws StorageException {
        send(Route.DELETE, request(url.message(messageId)).delete().build());
    }

    /** Posts a message of text only. */
    JsonNode post(String content) throws StorageException {
        return upload(json(payload().put("content", content)));
    }

    /** Posts a message that carries the files under the given names. */
    JsonNode post(List<ByteBuffer> files, List<String> names) throws StorageException {
        ObjectNode payload = payload();
        var attachments = payload.putArray("attachments");
        MultipartBody.Builder parts =
                new MultipartBody.Builder("dsync-" + traffic.newName()).setType(MultipartBody.FORM);
        for (int i = 0; i < files.size(); i++) {
            attachments.addObject().put("id", i).put("filename", names.get(i));
        }
        parts.addFormDataPart("payload_json", null, json(payload));
        for (int i = 0; i < files.size(); i++) {
            parts.addFormDataPart("files[" + i + "]", names.get(i), new BlobBody(files.get(i)));
        }
        return upload(parts.build());
    }

    private JsonNode upload(RequestBody content) throws StorageException {
        UploadBody body = new UploadBody(content);
        return send(Route.POST, request(url.post()).post(body).build(), () -> {
            if (body.wasSent()) {
                onLostReply.run();
            }
        });
    }

    /** The answer to a small request that may be sent twice; after a few failures the last of them. */
    <T> T patiently(Patience.Call<T> call) throws StorageException {
        return Patience.with(call, traffic::isStopping);
    }

    private static ObjectNode payload() {
        ObjectNode payload = NODES.objectNode().put("flags", Rules.SILENT);
        payload.putObject("allowed_mentions").putArray("parse");
        return payload;
    }

    private static RequestBody json(JsonNode node) {
        return RequestBody.create(node.toString(), JSON);
    }

    private static Request.Builder request(HttpUrl target) {
        return new Request.Builder().url(target).header("User-Agent", Rules.USER_AGENT);
    }

    private static Request get(HttpUrl target) {
        return request(target).build();
    }

    private JsonNode send(Route route, Request request) throws StorageException {
        return send(route, request, () -> {});
    }

    private JsonNode send(Route route, Request request, Runnable onLost) throws StorageException {
        if (gone != null) {
            throw new TargetGoneException(gone);
        }
        traffic.checkNotBlocked();
        Answer answer = exchange(gate.enter(route), route, request, onLost);
        if (answer.isSuccess()) {
            gate.succeeded();
            return answer.json();
        }
        throw failure(route, answer, onLost);
    }

    private Answer exchange(Gate.Pass pass, Route route, Request request, Runnable onLost) throws StorageException {
        requests.incrementAndGet();
        try (Response response = traffic.client().newCall(request).execute()) {
            Answer answer = Answer.of(response);
            pass.answered(answer.headers());
            Optional.ofNullable(answer.headers().getInstant("Date")).ifPresent(traffic::told);
            LOG.debug("{} {}: {} {}", who(), route, answer.status(), answer.code() < 0 ? "" : answer.code());
            return answer;
        } catch (IOException e) {
            pass.lost();
            onLost.run();
            LOG.debug("{} {}: no answer, {}", who(), route, e.toString());
            throw new TargetUnavailableException(
                    who() + " gave no answer to " + route.words() + ": " + e.getMessage() + online(e),
                    gate.failed(),
                    e);
        }
    }

    /** A machine without a network meets these first. */
    private static String online(IOException failure) {
        boolean never = failure instanceof UnknownHostException || failure instanceof SocketException;
        return never ? "; see whether this machine is online" : "";
    }

    /** What to throw for an answer other than success; whoever else has to know of it is told. */
    private StorageException failure(Route route, Answer answer, Runnable onLost) {
        countIfInvalid(answer);
        String what = who() + " answered " + route.words() + " with " + answer.status()
                + (answer.code() < 0 ? "" : ", code " + answer.code());
        return switch (Trouble.of(answer)) {
            case LIMITED -> new TargetUnavailableException(what + ": too many requests", waitFor(route, answer));
            case BLOCKED -> blocked(what);
            case WEBHOOK_GONE -> {
                gone = what + ": the webhook, its token or its channel no longer exists, or takes no messages";
                yield new TargetGoneException(gone);
            }
            case MESSAGE_GONE -> new BlobNotFoundException(what + ": the message no longer exists");
            case TOO_LARGE -> new BlobTooLargeException(what + ": too many bytes");
            case SERVER_FAILED -> {
                onLost.run();
                Duration pause = gate.failed();
                Duration asked = answer.retryAfter();
                yield new TargetUnavailableException(
                        what + ": Discord has trouble of its own, later it may work",
                        asked.compareTo(pause) > 0 ? gate.closeFor(asked) : pause);
            }
            case REFUSED ->
                new TargetUnavailableException(
                        what + ": refused for a reason dsync does not know; if that goes on, make a new webhook in the"
                                + " same channel and put its URL in place of the old one",
                        gate.closeFor(Rules.BLOCK_PAUSE));
        };
    }

    private void countIfInvalid(Answer answer) {
        int status = answer.status();
        boolean shared = status == 429 && answer.scope().equals("shared");
        if ((status == 401 || status == 403 || status == 429) && !shared) {
            traffic.countInvalid(traffic.now());
        }
    }

    private Duration waitFor(Route route, Answer answer) {
        if (answer.code() == Trouble.EDITED_TOO_OFTEN) {
            Duration asked = answer.retryAfter();
            return gate.limitedEdits(asked.compareTo(Rules.EDIT_SPAN) > 0 ? asked : Rules.EDIT_SPAN);
        }
        Duration asked = answer.retryAfter();
        return asked.isZero() ? gate.failed() : gate.limited(route, answer.scope(), asked);
    }

    private TargetBlockedException blocked(String what) {
        String explanation =
                what + ": Discord has blocked this internet address or this program for now. Nothing more is"
                        + " sent. Such a block usually ends by itself within an hour; look for other programs behind the same"
                        + " address that call Discord, and try again later";
        traffic.block(explanation, Rules.BLOCK_PAUSE);
        return new TargetBlockedException(explanation);
    }

    private String who() {
        return "webhook " + url.id();
    }
}
