package dev.dsync.web;

import static dev.dsync.web.Chromium.with;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** One window of a browser, used as a person would: by what is written there, with mouse and keys. */
final class Tab implements Closeable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PICTURES = Path.of("target", "screenshots");

    private final Chromium browser;
    private final String session;
    private final String context;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final AtomicLong bytes = new AtomicLong();
    private volatile List<Path> picked = List.of();

    Tab(Chromium browser, String session, String context, int width, int height) {
        this.browser = browser;
        this.session = session;
        this.context = context;
        browser.listen(this::heard);
        for (String domain : new String[] {"Page", "Runtime", "Network", "Log"}) {
            ask(domain + ".enable", with());
        }
        ask("Network.setCacheDisabled", with().put("cacheDisabled", true));
        ask("Emulation.setFocusEmulationEnabled", with().put("enabled", true));
        resize(width, height);
    }

    JsonNode ask(String method, ObjectNode parameters) {
        return browser.ask(session, method, parameters);
    }

    private void heard(String from, JsonNode message) {
        if (!from.equals(session)) {
            return;
        }
        JsonNode about = message.path("params");
        switch (message.path("method").asText()) {
            case "Network.requestWillBeSent" ->
                requests.add(about.at("/request/url").asText());
            case "Page.fileChooserOpened" -> pick(about.path("backendNodeId").asInt());
            case "Network.dataReceived" ->
                bytes.addAndGet(about.path("encodedDataLength").asLong());
            case "Runtime.exceptionThrown" ->
                complaints.add(
                        about.at("/exceptionDetails/exception/description").asText()
                                + about.at("/exceptionDetails/text").asText());
            case "Log.entryAdded" -> {
                if (about.at("/entry/level").asText().equals("error")
                        && !about.at("/entry/source").asText().equals("network")) {
                    complaints.add(about.at("/entry/text").asText());
                }
            }
            default -> {}
        }
    }

    void resize(int width, int height) {
        ask(
                "Emulation.setDeviceMetricsOverride",
                with().put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", width < 600));
    }

    void colours(String scheme) {
        ObjectNode features = with();
        features.putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", scheme);
        ask("Emulation.setEmulatedMedia", features);
    }

    /** Opens an address and waits until the page has something to show. */
    void visit(String url) {
        ask("Page.navigate", with().put("url", url));
        waitFor("document.readyState === 'complete' && location.href.startsWith('http')");
        waitFor("document.querySelector('main > *') && !document.querySelector('main .loading')");
    }

    void reload() {
        script("window.stale = true");
        ask("Page.reload", with());
        waitFor("!window.stale && document.querySelector('main > *') && !document.querySelector('main .loading')");
    }

    /** What an expression comes to in the page; a promise is waited for. */
    JsonNode script(String expression) {
        JsonNode answer = ask(
                "Runtime.evaluate",
                with().put("expression", expression)
                        .put("awaitPromise", true)
                        .put("returnByValue", true)
                        .put("userGesture", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
        }
        return answer.at("/result/value");
    }

    boolean is(String expression) {
        return script("!!(" + expression + ")").asBoolean();
    }

    void waitFor(String expression) {
        try {
            Eventually.holds(() -> {
                try {
                    return is(expression);
                } catch (AssertionError e) {
                    // While a page is left for another there is nothing to ask.
                    return false;
                }
            });
        } catch (Exception | AssertionError e) {
            picture("failure");
            throw new AssertionError(
                    "never came true: " + expression + "\nthe page says: " + text() + "\n" + complaints, e);
        }
    }

    static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return script("document.body.innerText").asText();
    }

    void waitForText(String words) {
        waitFor("document.body.innerText.includes(" + quoted(words) + ")");
    }

    /** An expression for the control with these words or this label, the topmost dialog's first. */
    private static String control(String words) {
        return "[...document.querySelectorAll('dialog[open] button, dialog[open] a, button, a, [role=option]')].find(e => "
                + "(e.getAttribute('aria-label') ?? e.textContent).trim() === " + quoted(words)
                + " && e.checkVisibility())";
    }

    void press(String words) {
        waitFor(control(words) + " && !" + control(words) + ".disabled");
        click(control(words), 1);
    }

    /** Goes to another part of the page, which until it is there shows the one before. */
    void go(String part) {
        press(part);
        waitFor("document.querySelector('[data-view][aria-current=page]')?.textContent.includes('" + part + "')");
    }

    boolean offers(String words) {
        return is(control(words));
    }

    /**
     * Clicks the middle of what an expression finds, as a person does: once it stands still and nothing lies over it. On a
     * busy machine the page may still be moving when it has all it needs.
     */
    void click(String element, int times) {
        waitFor(element);
        JsonNode at = script("""
                new Promise(found => {
                  let before = '';
                  const look = () => {
                    const e = %s;
                    e?.scrollIntoView({block: 'nearest'});
                    const r = e?.getBoundingClientRect();
                    const at = r && {x: r.left + r.width / 2, y: r.top + r.height / 2};
                    const now = JSON.stringify(at);
                    if (e && now === before && e.contains(document.elementFromPoint(at.x, at.y))) { found(at); return; }
                    before = now;
                    requestAnimationFrame(look);
                  };
                  look();
                })""".formatted(element));
        for (int count = 1; count <= times; count++) {
            for (String type : new String[] {"mousePressed", "mouseReleased"}) {
                ask(
                        "Input.dispatchMouseEvent",
                        with().put("type", type)
                                .put("x", at.get("x").asDouble())
                                .put("y", at.get("y").asDouble())
                                .put("button", "left")
                                .put("clickCount", count));
            }
        }
    }

    /** The row of a path in a list. */
    static String row(String path) {
        return "document.querySelector('.line[data-path=' + CSS.escape(" + quoted(path) + ") + ']')";
    }

    void open(String path) {
        click(row(path) + "?.querySelector('.name-text')", 1);
    }

    void select(String path) {
        click(row(path) + "?.querySelector('.tick')", 1);
    }

    void key(String key) {
        key(key, 0);
    }

    /** Presses a key; modifiers: 1 Alt, 2 Control, 8 Shift. */
    void key(String key, int modifiers) {
        String code = key.equals(" ") ? "Space" : key;
        String text = key.length() == 1 ? key : key.equals("Enter") ? "\r" : "";
        ObjectNode down = with().put("type", text.isEmpty() || modifiers == 2 ? "rawKeyDown" : "keyDown")
                .put("key", key)
                .put("code", code)
                .put("windowsVirtualKeyCode", virtual(key))
                .put("modifiers", modifiers);
        if (!text.isEmpty() && modifiers != 2) {
            down.put("text", text);
        }
        ask("Input.dispatchKeyEvent", down);
        ask(
                "Input.dispatchKeyEvent",
                with().put("type", "keyUp").put("key", key).put("code", code).put("modifiers", modifiers));
    }

    private static int virtual(String key) {
        return switch (key) {
            case "Tab" -> 9;
            case "Enter" -> 13;
            case "Escape" -> 27;
            case " " -> 32;
            case "End" -> 35;
            case "Home" -> 36;
            case "ArrowUp" -> 38;
            case "ArrowDown" -> 40;
            case "Delete" -> 46;
            default -> key.length() == 1 ? Character.toUpperCase(key.charAt(0)) : 0;
        };
    }

    void type(String words) {
        ask("Input.insertText", with().put("text", words));
    }

    /** Drops files and folders of this machine on what is found. */
    void drop(String element, Path... paths) {
        JsonNode at = script("(() => { const r = " + element
                + ".getBoundingClientRect(); return {x: r.left + r.width / 2, y: r.top + r.height / 2}; })()");
        ObjectNode data = with().put("dragOperationsMask", 1);
        data.putArray("items");
        ArrayNode files = data.putArray("files");
        for (Path path : paths) {
            files.add(path.toAbsolutePath().toString());
        }
        FileDrop drop = new FileDrop(this, at.get("x").asDouble(), at.get("y").asDouble(), data);
        drop.untilItIsTaken();
    }

    void offline(boolean off) {
        ask(
                "Network.emulateNetworkConditions",
                with().put("offline", off)
                        .put("latency", 0)
                        .put("downloadThroughput", -1)
                        .put("uploadThroughput", -1));
    }

    /** Answers the next file picker that opens with these. */
    void picks(Path... paths) {
        ask("Page.setInterceptFileChooserDialog", with().put("enabled", true));
        picked = List.of(paths);
    }

    private void pick(int input) {
        ObjectNode chosen = with().put("backendNodeId", input);
        ArrayNode files = chosen.putArray("files");
        picked.forEach(path -> files.add(path.toAbsolutePath().toString()));
        // The listener must not wait for an answer that only it can bring.
        CompletableFuture.runAsync(() -> ask("DOM.setFileInputFiles", chosen));
    }

    /** Has what is downloaded land in a folder. */
    void downloadsTo(Path folder) {
        browser.ask(
                "",
                "Browser.setDownloadBehavior",
                with().put("behavior", "allow")
                        .put("browserContextId", context)
                        .put("downloadPath", folder.toAbsolutePath().toString()));
    }

    /** Slows sending down to so many bytes a second. */
    void upload(long bytesPerSecond) {
        ask(
                "Network.emulateNetworkConditions",
                with().put("offline", false)
                        .put("latency", 0)
                        .put("downloadThroughput", -1)
                        .put("uploadThroughput", bytesPerSecond));
    }

    /** Takes a picture into the build's folder. */
    void picture(String name) {
        String data = ask("Page.captureScreenshot", with().put("format", "png"))
                .get("data")
                .asText();
        try {
            Files.createDirectories(PICTURES);
            Files.write(PICTURES.resolve(name + ".png"), Base64.getDecoder().decode(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How much has jumped since the page was opened without anybody asking for it: the cumulative layout shift. */
    double shift() {
        return script("""
                new Promise(resolve => { let sum = 0;
                  const add = shifts => { for (const each of shifts) if (!each.hadRecentInput) sum += each.value; };
                  const seen = new PerformanceObserver(list => add(list.getEntries()));
                  seen.observe({type: 'layout-shift', buffered: true});
                  setTimeout(() => { add(seen.takeRecords()); resolve(sum); }, 100); })""").asDouble();
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    /** Bytes that came over the network so far. */
    long bytes() {
        return bytes.get();
    }

    /** What the page and the browser had to complain of. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** What axe finds to be a serious or critical barrier in what is shown now. */
    List<String> barriers() {
        script(axe() + "; true");
        JsonNode found = script("axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.map(v => ({id:"
                + " v.id, impact: v.impact, nodes: v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + ' ' +"
                + " n.failureSummary)})))");
        List<String> serious = new ArrayList<>();
        for (JsonNode violation : found) {
            if (List.of("serious", "critical").contains(violation.get("impact").asText())) {
                serious.add(violation.get("id").asText() + ": " + violation.get("nodes"));
            }
        }
        return serious;
    }

    private static String axe() {
        try (InputStream in = Objects.requireNonNull(Tab.class.getResourceAsStream("/axe.min.js"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        browser.ask("", "Target.disposeBrowserContext", with().put("browserContextId", context));
    }
}
