package dev.dsync.discord.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** What Discord does for a webhook that exists: everything that can be asked with its URL, and nothing else. */
final class WebhookApi {

    private static final Pattern KEPT_NAME = Pattern.compile("[a-z0-9][a-z0-9.-]*");
    private static final int LONGEST_CONTENT = 2000;
    private static final int MOST_FILES = 10;

    private final World world;

    WebhookApi(World world) {
        this.world = world;
    }

    MockResponse describe(Webhook webhook) {
        return Reply.json(200, world.describe(webhook));
    }

    MockResponse rename(Webhook webhook, RecordedRequest request) throws IOException {
        JsonNode name = Form.of(request).payload().path("name");
        String text = name.asText().strip();
        String lower = text.toLowerCase(Locale.ROOT);
        if (text.isEmpty() || text.length() > 80) {
            return Reply.invalidForm("name", "Must be between 1 and 80 in length.");
        }
        if (lower.contains("discord") || lower.contains("clyde")) {
            return Reply.invalidForm(
                    "name", "Username cannot contain \"" + (lower.contains("clyde") ? "clyde" : "discord") + "\"");
        }
        webhook.name = text;
        return describe(webhook);
    }

    MockResponse deleteWebhook(Webhook webhook) {
        webhook.deleted = true;
        return Reply.nothing();
    }

    MockResponse post(Webhook webhook, RecordedRequest request, Optional<Fault> fault) throws IOException {
        if (request.getBodySize() >= world.rules.requestBytes) {
            return tooLarge();
        }
        Form form = Form.of(request);
        Optional<MockResponse> refused = check(form);
        if (refused.isPresent()) {
            return refused.get();
        }
        String content = form.payload().path("content").asText("").strip();
        if (content.isEmpty() && form.files().isEmpty()) {
            return Reply.error(400, 50006, "Cannot send an empty message");
        }
        PostedMessage message = new PostedMessage(
                world.newId(),
                webhook,
                world.clock.millis(),
                content,
                form.payload().path("flags").asInt(0) & 4100);
        add(message, form.files(), fault);
        webhook.messages.put(message.id, message);
        boolean waits = "true".equals(request.getUrl().queryParameter("wait"));
        return waits ? Reply.json(200, world.describe(message)) : Reply.nothing();
    }

    /** A message in another service's form, of which the named field is shown. */
    MockResponse postAs(String field, Webhook webhook, RecordedRequest request) throws IOException {
        String content = Form.of(request).payload().path(field).asText("").strip();
        if (content.isEmpty()) {
            return Reply.error(400, 50006, "Cannot send an empty message");
        }
        PostedMessage message = new PostedMessage(world.newId(), webhook, world.clock.millis(), content, 0);
        webhook.messages.put(message.id, message);
        return field.equals("text") ? Reply.text(200, "ok") : Reply.nothing();
    }

    private void add(PostedMessage message, List<Form.Upload> uploads, Optional<Fault> fault) {
        boolean wrongSize = fault.filter(Fault.WRONG_SIZE::equals).isPresent();
        for (Form.Upload upload : uploads) {
            StoredFile file = new StoredFile(
                    world.newId(),
                    name(upload.fileName()),
                    wrongSize ? upload.content().substring(1) : upload.content(),
                    world.folder);
            message.files.add(file);
            world.files.put(file.id, file);
        }
    }

    /** Names that are not plain are rewritten. */
    private static String name(String asked) {
        if (KEPT_NAME.matcher(asked).matches()) {
            return asked;
        }
        String name = asked.replaceAll("[^A-Za-z0-9.-]", "_").replaceAll("^[^A-Za-z0-9]+", "");
        return name.isEmpty() ? "unknown" : name;
    }

    private Optional<MockResponse> check(Form form) {
        if (form.files().size() > MOST_FILES) {
            return Optional.of(Reply.invalidForm("attachments", "Must be 10 or fewer in length."));
        }
        if (form.payload().path("content").asText("").length() > LONGEST_CONTENT) {
            return Optional.of(Reply.invalidForm("content", "Must be 2000 or fewer in length."));
        }
        boolean refused = form.files().stream().anyMatch(file -> file.content().size() >= world.rules.fileBytesRefused);
        return refused ? Optional.of(tooLarge()) : Optional.empty();
    }

    private static MockResponse tooLarge() {
        return Reply.error(413, 40005, "Request entity too large");
    }

    MockResponse read(PostedMessage message) {
        return Reply.json(200, world.describe(message));
    }

    /** Version 10: files that an {@code attachments} list, or a request with new files, does not name are removed. */
    MockResponse edit(PostedMessage message, RecordedRequest request, Optional<Fault> fault) throws IOException {
        if (request.getBodySize() >= world.rules.requestBytes) {
            return tooLarge();
        }
        Form form = Form.of(request);
        Optional<MockResponse> refused = check(form);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (form.payload().has("content")) {
            message.content = form.payload().path("content").asText("").strip();
        }
        if (form.payload().has("attachments") || !form.files().isEmpty()) {
            Set<String> kept = new HashSet<>();
            form.payload()
                    .path("attachments")
                    .forEach(named -> kept.add(named.path("id").asText()));
            List<StoredFile> unnamed = new ArrayList<>(message.files);
            unnamed.removeIf(file -> kept.contains(file.id));
            unnamed.forEach(world::delete);
            message.files.removeAll(unnamed);
        }
        add(message, form.files(), fault);
        message.editedAt = world.clock.millis();
        return read(message);
    }

    MockResponse delete(PostedMessage message) {
        world.delete(message);
        return Reply.nothing();
    }
}
