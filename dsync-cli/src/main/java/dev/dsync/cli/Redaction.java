package dev.dsync.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of text that people will see or a log will keep: what follows a webhook's id in its URL, and
 * anything written like a key. Nothing should have put them there; this is for the day something does.
 */
final class Redaction {

    private static final Pattern WEBHOOK_TOKEN =
            Pattern.compile("(webhooks(?:/|%2[Ff])[0-9]{1,20}(?:/|%2[Ff]))[^/?%\\s\"'<>)\\]}]+");

    /** A key file holds 43 characters of urlsafe base64 and '=', which is %3D in a URL. */
    private static final Pattern KEY =
            Pattern.compile("(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(?:=|%3[Dd])(?![A-Za-z0-9_=-])");

    private static final String HIDDEN = "***";

    private Redaction() {}

    static String of(String text) {
        String result = text;
        if (result.contains("webhooks")) {
            result = WEBHOOK_TOKEN.matcher(result).replaceAll("$1" + Matcher.quoteReplacement(HIDDEN));
        }
        boolean mayHoldKey = result.indexOf('=') >= 0 || result.indexOf('%') >= 0;
        return mayHoldKey ? KEY.matcher(result).replaceAll(Matcher.quoteReplacement(HIDDEN)) : result;
    }
}
