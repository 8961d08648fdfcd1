package dev.dsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing stands in anybody's way, whatever is open: each dialog, message and state that other tests do not look at. */
class BarriersPageTest extends PageTest {

    private void upload(String folder, String name, byte[] content) throws Exception {
        dashboard.upload(folder, name, content).is(201);
    }

    private void fill() throws Exception {
        upload("one/two/three/four/five", "deep.txt", new byte[0]);
        upload("", "picture.png", Pictures.png(300, 200));
        upload("", "broken.png", "no picture".getBytes(StandardCharsets.UTF_8));
        upload("", "words.txt", "first".getBytes(StandardCharsets.UTF_8));
        upload("", "words.txt", "second".getBytes(StandardCharsets.UTF_8));
        upload("", "page.pdf", Documents.pdf("a page"));
        upload("", "sound.wav", Documents.wav(1));
        upload("", "unknown.bin", new byte[] {1, 2, 3});
        upload("", "gone.txt", new byte[] {1});
        dashboard.delete("/api/files?path=gone.txt").is(200);
    }

    @ParameterizedTest
    @CsvSource({"light, 1280, 800", "dark, 340, 700"})
    void everyDialogAndMessageIsFreeOfBarriers(String colours, int width, int height) throws Exception {
        fill();
        tab.resize(width, height);
        tab.colours(colours);
        tab.visit(dashboard.url());
        previews();
        dialogs();
        messages();
        tab.visit(dashboard.url() + "/?#/files?path=one/two/three/four/five");
        tab.press("Show the whole path");
        tab.waitForText("two");
        assertThat(tab.is("document.activeElement.textContent === 'one'")).isTrue();
        look("whole-path");
        tab.visit(dashboard.url() + "/?past#/files?path=one&at=1990-01-01T00:00:00Z");
        tab.waitForText("This folder cannot be shown");
        look("error");
        tab.visit(dashboard.url() + "/?trash#/trash");
        tab.waitFor(Tab.row("gone.txt"));
        tab.select("gone.txt");
        tab.press("Versions");
        tab.waitForText("Version 2 (newest)");
        look("versions-of-deleted");
        tab.key("Escape");
    }

    private void look(String name) {
        assertThat(tab.barriers()).as(name).isEmpty();
        assertThat(tab.is("document.documentElement.scrollWidth <= innerWidth"))
                .as(name + " fits")
                .isTrue();
    }

    private void preview(String name, String shown) {
        tab.open(name);
        tab.waitFor("document.querySelector('.stage') && (" + shown + ")");
        look("preview of " + name);
        tab.key("Escape");
        tab.waitFor("!document.querySelector('dialog')");
    }

    private void previews() {
        preview("picture.png", "document.querySelector('.stage img')?.complete");
        preview("broken.png", "document.querySelector('.stage .blank')");
        preview("words.txt", "document.querySelector('.stage pre')");
        preview("page.pdf", "document.querySelector('.stage iframe')");
        preview("sound.wav", "document.querySelector('.stage audio')?.readyState >= 1");
        preview("unknown.bin", "document.querySelector('.stage .blank')");
    }

    private void dialogs() {
        tab.select("words.txt");
        tab.press("Versions");
        tab.press("Preview version 1");
        tab.waitFor("document.querySelector('.stage pre')?.textContent === 'first'");
        look("preview of a version");
        tab.key("Escape");
        tab.key("Escape");
        tab.waitFor("!document.querySelector('dialog')");
        tab.press("Delete");
        tab.waitForText("Delete “words.txt”?");
        look("question");
        tab.key("Escape");
        tab.waitFor("!document.querySelector('dialog')");
        tab.press("Clear selection");
        tab.press("Show as it was");
        tab.waitFor("document.querySelector('.moment-list')");
        look("moments");
        tab.key("Escape");
        tab.waitFor("!document.querySelector('dialog')");
    }

    private void messages() {
        tab.key("/");
        tab.type("nowhere to be found");
        tab.waitForText("Nothing has these words");
        look("nothing found");
        tab.key("Escape");
        tab.press("Sync now");
        tab.waitForText("Everything is up to date.");
        look("note");
        tab.script("document.querySelector('.view.files').dispatchEvent(new DragEvent('dragenter', {bubbles: true,"
                + " dataTransfer: (() => { const held = new DataTransfer();"
                + " held.items.add(new File(['x'], 'x')); return held; })()}))");
        tab.waitFor("!document.querySelector('.drop-hint').hidden");
        look("drop hint");
    }
}
