package dev.dsync.discord.emulator;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** Takes every request: looks who asks, holds them to the limits, and hands them on to whoever answers. */
final class Desk {

    private static final Pattern API = Pattern.compile("/api(?:/v([0-9]+))?/(.*)");
    private static final Pattern WEBHOOK =
            Pattern.compile("webhooks/([0-9]+)/([A-Za-z0-9._-]+)(?:/messages/([0-9]+)|/(slack|github))?");
    private static final int TEN_MINUTES = 10;

    private final World world;
    private final Faults faults;
    private final Tally tally;
    private final WebhookApi api;
    private final FileHost fileHost;

    Desk(World world, Faults faults, Tally tally) {
        this.world = world;
        this.faults = faults;
        this.tally = tally;
        this.api = new WebhookApi(world);
        this.fileHost = new FileHost(world);
    }

    MockResponse answer(RecordedRequest request) {
        synchronized (world) {
            String path = request.getUrl().encodedPath();
            if (path.startsWith("/attachments/")) {
                MockResponse reply = fileHost.answer(request, faults.forRequest(Faults.Where.FILE));
                tally.count(request.getMethod() + " file", reply.getCode());
                if (reply.getBody() != null) {
                    tally.handedOut(reply.getBody().getContentLength());
                }
                return reply;
            }
            Matcher target = API.matcher(path);
            Matcher webhook = WEBHOOK.matcher(target.matches() ? target.group(2) : "");
            String kind = request.getMethod() + kind(webhook);
            MockResponse reply = apiAnswer(request, target, webhook, kind)
                    .newBuilder()
                    .setHeader("Date", date())
                    .build();
            tally.count(kind, reply.getCode());
            countInvalid(reply);
            return reply;
        }
    }

    /** What time it is here, as HTTP tells it. */
    private String date() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(world.clock.instant().atOffset(ZoneOffset.UTC));
    }

    private static String kind(Matcher webhook) {
        if (!webhook.matches()) {
            return " something else";
        }
        if (webhook.group(4) != null) {
            return " " + webhook.group(4);
        }
        return webhook.group(3) == null ? " webhook" : " message";
    }

    private void countInvalid(MockResponse reply) {
        int status = reply.getCode();
        boolean shared = "shared".equals(reply.getHeaders().get("X-RateLimit-Scope"));
        if (status == 401 || status == 403 || status == 429 && !shared) {
            world.invalid.happened(now());
        }
    }

    private long now() {
        return world.clock.millis();
    }

    private MockResponse apiAnswer(RecordedRequest request, Matcher target, Matcher webhook, String kind) {
        EmulatedRules rules = world.rules;
        if (rules.invalidEnforced
                && world.invalid.wait(now(), rules.invalidLimit, Duration.ofMinutes(TEN_MINUTES)) > 0) {
            return Trouble.reply(Fault.BLOCKED_JSON, 10);
        }
        String agent = String.valueOf(request.getHeaders().get("User-Agent"));
        if (rules.userAgentChecked && !agent.matches("DiscordBot \\(\\S+, \\S+\\).*")) {
            return Trouble.reply(Fault.BLOCKED_1010, 10);
        }
        if (!target.matches()) {
            return Reply.error(404, 0, "404: Not Found");
        }
        int version = target.group(1) == null ? 6 : Integer.parseInt(target.group(1));
        if (!webhook.matches()) {
            return Reply.error(401, 0, "401: Unauthorized");
        }
        double wait = rules.globalEnforced ? world.all.wait(now(), rules.globalLimit, Duration.ofSeconds(1)) : 0;
        if (wait > 0) {
            return Reply.limited(version, "global", wait, 0);
        }
        world.all.happened(now());
        return webhookAnswer(request, version, webhook, kind);
    }

    private MockResponse webhookAnswer(RecordedRequest request, int version, Matcher asked, String kind) {
        Webhook webhook = world.webhooks.get(asked.group(1));
        if (webhook == null || webhook.deleted) {
            return Reply.error(404, 10015, "Unknown Webhook");
        }
        if (!webhook.token.equals(asked.group(2))) {
            return Reply.error(401, 50027, "Invalid Webhook Token");
        }
        webhook.asked.add(now());
        Optional<Fault> fault = webhook.always.or(() -> faults.forRequest(where(kind)));
        PostedMessage message = asked.group(3) == null ? null : webhook.messages.get(asked.group(3));
        EmulatedRules rules = world.rules;
        HeaderBucket bucket = webhook.bucket(kind);
        double wait =
                bucket.take(now(), rules.bucketEnforced ? rules.bucketLimit : Integer.MAX_VALUE, rules.bucketSpan);
        if (wait > 0) {
            return bucket.shownOn(Reply.limited(version, "user", wait, 0), now(), rules.bucketLimit);
        }
        Optional<MockResponse> limited = channelLimits(version, webhook.channel, message, kind);
        if (limited.isPresent()) {
            return limited.get();
        }
        MockResponse reply = fault.isPresent() && Trouble.instead(fault.get())
                ? Trouble.reply(fault.get(), version)
                : carryOut(request, webhook, message, kind, fault);
        MockResponse shown = rules.bucketEnforced ? bucket.shownOn(reply, now(), rules.bucketLimit) : reply;
        return fault.map(f -> Trouble.afterwards(f, shown)).orElse(shown);
    }

    private static Faults.Where where(String kind) {
        return switch (kind) {
            case "POST webhook" -> Faults.Where.UPLOAD;
            case "PATCH message" -> Faults.Where.EDIT;
            default -> Faults.Where.API;
        };
    }

    private Optional<MockResponse> channelLimits(int version, Channel channel, PostedMessage message, String kind) {
        EmulatedRules rules = world.rules;
        boolean edit = kind.equals("PATCH message");
        if (rules.channelEnforced && (edit || kind.startsWith("POST ") || rules.channelCountsAll)) {
            double wait = channel.messages.wait(now(), rules.channelLimit, rules.channelSpan);
            if (wait > 0) {
                return Optional.of(Reply.limited(version, "shared", wait, 0));
            }
            channel.messages.happened(now());
        }
        if (rules.oldEditsEnforced && edit && message != null && now() - message.postedAt > rules.oldAfter.toMillis()) {
            double wait = channel.oldEdits.wait(now(), rules.oldEditLimit, rules.editSpan);
            if (wait > 0) {
                return Optional.of(Reply.limited(version, "shared", wait, 30046));
            }
            channel.oldEdits.happened(now());
        }
        return Optional.empty();
    }

    private MockResponse carryOut(
            RecordedRequest request, Webhook webhook, PostedMessage message, String kind, Optional<Fault> fault) {
        if (kind.endsWith(" message") && message == null) {
            return Reply.error(404, 10008, "Unknown Message");
        }
        try {
            return switch (kind) {
                case "GET webhook" -> api.describe(webhook);
                case "PATCH webhook" -> api.rename(webhook, request);
                case "DELETE webhook" -> api.deleteWebhook(webhook);
                case "POST webhook" -> api.post(webhook, request, fault);
                case "POST slack" -> api.postAs("text", webhook, request);
                case "POST github" -> api.postAs("zen", webhook, request);
                case "GET message" -> api.read(message);
                case "PATCH message" -> api.edit(message, request, fault);
                case "DELETE message" -> api.delete(message);
                default -> Reply.error(405, 0, "405: Method Not Allowed");
            };
        } catch (IOException e) {
            return Reply.error(400, 50109, "The request body contains invalid JSON.");
        }
    }
}
