package dev.dsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What people do with files. */
class FilesPageTest extends PageTest {

    private static final String MAIN = "document.querySelector('.view.files')";

    private void visitWith(String... files) throws Exception {
        for (String file : files) {
            dashboard.write(file, "content of " + file);
        }
        dashboard.post("/api/sync", "").is(200);
        tab.visit(dashboard.url());
    }

    private Path source(String path, byte[] content) throws IOException {
        Path file = temp.resolve("source").resolve(path);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    @Test
    void droppedFolderIsFollowedListedAndThereAfterAReload() throws Exception {
        source("Holiday/beach.png", Pictures.png(800, 600));
        source("Holiday/notes/day one.txt", "sun".getBytes(StandardCharsets.UTF_8));
        source("Holiday/notes/day two.txt", new byte[0]);
        tab.visit(dashboard.url() + "/#/files");
        tab.waitForText("Drop files and folders here");
        noBarriers();
        tab.drop(MAIN, temp.resolve("source/Holiday"));
        tab.waitForText("3 uploads stored");
        tab.waitFor("document.querySelectorAll('.upload[data-state=stored]').length === 3");
        tab.picture("upload-done");
        noBarriers();
        assertThat(Files.readString(dashboard.synced.resolve("Holiday/notes/day one.txt")))
                .isEqualTo("sun");
        tab.reload();
        tab.open("Holiday");
        tab.waitFor(Tab.row("Holiday/beach.png") + "?.querySelector('.face img')");
        tab.open("Holiday/notes");
        tab.waitFor(Tab.row("Holiday/notes/day two.txt"));
        assertThat(dashboard
                        .get("/api/content?path=Holiday/notes/day%20one.txt")
                        .is(200)
                        .text())
                .isEqualTo("sun");
    }

    @Test
    void foldersAreBrowsedSortedAndFoundByCrumbs() throws Exception {
        visitWith("a/b/c/deep.txt", "big.txt", "a/other.txt");
        tab.open("a");
        tab.open("a/b");
        tab.open("a/b/c");
        tab.waitFor(Tab.row("a/b/c/deep.txt"));
        assertThat(tab.script("[...document.querySelectorAll('.crumbs a')].map(e => e.textContent).join('>')")
                        .asText())
                .isEqualTo("All files>a>b>c");
        tab.press("b");
        tab.waitFor(Tab.row("a/b/c") + " && !" + Tab.row("a/b/c/deep.txt"));
        tab.press("All files");
        tab.waitFor(Tab.row("big.txt"));
        dashboard.write("zebra.txt", "a much longer content than all the others have");
        dashboard.post("/api/sync", "").is(200);
        tab.waitFor(Tab.row("zebra.txt"));
        assertThat(firstFile()).isEqualTo("big.txt");
        tab.click("document.querySelector('.column.size')", 1);
        tab.waitFor("document.querySelector('.column.size').getAttribute('aria-pressed') === 'true'");
        assertThat(firstFile()).isEqualTo("zebra.txt");
    }

    @Test
    void columnsStandUnderTheirHeads() throws Exception {
        visitWith("a.txt", "  spaces.txt");
        for (String column : new String[] {"name", "when"}) {
            assertThat(tab.script("document.querySelector('.column." + column + "').getBoundingClientRect().left -"
                                    + " document.querySelector('.line ." + column + "').getBoundingClientRect().left")
                            .asDouble())
                    .as(column)
                    .isZero();
        }
        assertThat(tab.text()).contains("  spaces.txt");
    }

    @Test
    void backAndForwardAndReloadKeepTheirPlaceAlsoWithADialogOpen() throws Exception {
        visitWith("a/b/inside.txt", "one.txt");
        tab.open("a");
        tab.open("a/b");
        tab.waitFor(Tab.row("a/b/inside.txt"));
        tab.script("history.back()");
        tab.waitFor(Tab.row("a/b") + " && !" + Tab.row("a/b/inside.txt"));
        tab.script("history.forward()");
        tab.waitFor(Tab.row("a/b/inside.txt"));
        tab.open("a/b/inside.txt");
        tab.waitForText("content of a/b/inside.txt");
        tab.script("history.back()");
        tab.waitFor("!document.querySelector('dialog') && " + Tab.row("a/b"));
        tab.script("history.forward()");
        tab.waitFor(Tab.row("a/b/inside.txt"));
        tab.open("a/b/inside.txt");
        tab.waitForText("content of a/b/inside.txt");
        tab.reload();
        tab.waitFor(Tab.row("a/b/inside.txt"));
    }

    private String firstFile() {
        return tab.script(
                        "[...document.querySelectorAll('.line')].map(e => e.dataset.path).find(p => p.endsWith('.txt'))")
                .asText();
    }

    @Test
    void searchFindsWhileOneTypes() throws Exception {
        visitWith("reports/2024/Summary.txt", "unrelated.txt");
        tab.key("/");
        tab.waitFor("document.activeElement.classList.contains('search')");
        tab.type("2024 sum");
        tab.waitFor("document.querySelectorAll('.found li').length === 1");
        noBarriers();
        tab.picture("search");
        tab.key("Enter");
        tab.waitForText("content of reports/2024/Summary.txt");
        tab.waitFor("location.hash.includes('path=reports%2F2024')");
    }

    @Test
    void picturesTextAndPdfArePreviewedInPlace() throws Exception {
        dashboard.upload("", "a.png", Pictures.png(1200, 800)).is(201);
        dashboard
                .upload("", "b.java", "class B {}\n<script>window.ran = 1</script>".getBytes(StandardCharsets.UTF_8))
                .is(201);
        dashboard
                .upload(
                        "",
                        "c.svg",
                        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><script>parent.ran = 1; window.ran = 1</script></svg>"
                                .getBytes(StandardCharsets.UTF_8))
                .is(201);
        dashboard.upload("", "d.pdf", Documents.pdf("Hello from a page")).is(201);
        tab.visit(dashboard.url());
        tab.open("a.png");
        tab.waitFor("document.querySelector('.stage img')?.naturalWidth === 1200");
        noBarriers();
        tab.picture("preview-picture");
        tab.press("Next file");
        tab.waitForText("class B {}");
        tab.picture("preview-text");
        tab.press("Next file");
        tab.waitFor("document.querySelector('.stage img')?.naturalWidth === 9");
        tab.press("Next file");
        tab.waitFor("document.querySelector('.stage iframe.pdf')");
        assertThat(tab.is("window.ran")).isFalse();
        tab.key("Escape");
        tab.waitFor("!document.querySelector('dialog')");
        tab.script("window.ran = undefined");
    }

    /** A button that vanishes between press and release of the mouse is not pressed, and one with the focus loses it. */
    @Test
    void controlsStayWhenTheListIsDrawnAnew() throws Exception {
        visitWith("a.txt");
        tab.select("a.txt");
        tab.waitForText("1 selected");
        holdControls(6);
        dashboard.write("b.txt", "b");
        dashboard.post("/api/sync", "").is(200);
        tab.waitFor(Tab.row("b.txt"));
        controlsAreHeld();
        dashboard.delete("/api/files?path=a.txt").is(200);
        tab.go("Trash");
        tab.select("a.txt");
        tab.waitForText("1 selected");
        holdControls(2);
        dashboard.delete("/api/files?path=b.txt").is(200);
        tab.waitFor(Tab.row("b.txt"));
        controlsAreHeld();
    }

    private void holdControls(int least) {
        assertThat(tab.script("(window.held = [...document.querySelectorAll('.tools button, .column')]).length")
                        .asInt())
                .isGreaterThanOrEqualTo(least);
    }

    private void controlsAreHeld() {
        assertThat(tab.script("held.filter(each => !each.isConnected).map(each => each.textContent)"))
                .as("controls that others took the place of")
                .isEmpty();
    }

    @Test
    void olderVersionIsPreviewedAndRestored() throws Exception {
        dashboard
                .upload("", "plan.txt", "the first plan".getBytes(StandardCharsets.UTF_8))
                .is(201);
        dashboard
                .upload("", "plan.txt", "another plan".getBytes(StandardCharsets.UTF_8))
                .is(201);
        tab.visit(dashboard.url());
        tab.select("plan.txt");
        tab.press("Versions");
        tab.waitForText("Version 2 (newest)");
        noBarriers();
        tab.picture("versions");
        tab.press("Preview version 1");
        tab.waitForText("the first plan");
        tab.key("Escape");
        tab.press("Restore version 1");
        tab.waitForText("Version 3 (newest)");
        assertThat(Files.readString(dashboard.synced.resolve("plan.txt"))).isEqualTo("the first plan");
        tab.key("Escape");
    }

    @Test
    void deletedFileGoesToTheTrashAndComesBack() throws Exception {
        visitWith("keep.txt", "gone.txt");
        tab.select("gone.txt");
        tab.press("Delete");
        tab.waitForText("Delete “gone.txt”?");
        noBarriers();
        tab.click("document.querySelector('dialog .danger')", 1);
        tab.waitFor("!" + Tab.row("gone.txt"));
        assertThat(dashboard.synced.resolve("gone.txt")).doesNotExist();
        tab.go("Trash");
        tab.select("gone.txt");
        noBarriers();
        tab.picture("trash");
        tab.press("Bring back");
        tab.waitForText("The trash is empty");
        tab.go("Files");
        tab.waitFor(Tab.row("gone.txt"));
        assertThat(dashboard.synced.resolve("gone.txt")).hasContent("content of gone.txt");
    }

    @Test
    void treeIsShownAsItWas() throws Exception {
        visitWith("old.txt");
        dashboard.write("new.txt", "new");
        dashboard.post("/api/sync", "").is(200);
        tab.waitFor(Tab.row("new.txt"));
        tab.press("Show as it was");
        tab.waitFor("document.querySelectorAll('.moment-list button').length === 2");
        noBarriers();
        tab.click("[...document.querySelectorAll('.moment-list button')].at(-1)", 1);
        tab.waitForText("As it was on");
        tab.waitFor(Tab.row("old.txt") + " && !" + Tab.row("new.txt"));
        tab.picture("as-it-was");
        noBarriers();
        tab.press("Back to now");
        tab.waitFor(Tab.row("new.txt"));
    }

    @Test
    void whatACommandChangesShowsByItself() throws Exception {
        visitWith("a.txt");
        dashboard.write("by-command.txt", "x");
        dashboard.syncElsewhere();
        tab.waitFor(Tab.row("by-command.txt"));
    }

    @Test
    void oddNamesAreShownAsText() throws Exception {
        visitWith("<img src=x onerror=window.ran=1>.txt", "\u202egnp.exe", "two\nlines", "n".repeat(251) + ".txt");
        tab.waitForText("<img src=x onerror=window.ran=1>.txt");
        tab.waitForText("two␣lines");
        tab.waitForText("␣gnp.exe");
        assertThat(tab.is("window.ran")).isFalse();
        assertThat(tab.is("document.documentElement.scrollWidth <= innerWidth")).isTrue();
        tab.open("<img src=x onerror=window.ran=1>.txt");
        tab.waitForText("content of <img");
        assertThat(tab.is("window.ran")).isFalse();
        tab.key("Escape");
    }

    @Test
    void tenThousandFilesScrollInAWindowOfAFew() throws Exception {
        Files.createDirectories(dashboard.synced);
        for (int i = 0; i < 10_000; i++) {
            Files.createFile(dashboard.synced.resolve(String.format("file-%05d.txt", i)));
        }
        dashboard.post("/api/sync", "").is(200);
        tab.visit(dashboard.url());
        tab.waitForText("10,000 files");
        assertThat(tab.script("document.querySelectorAll('.line').length").asInt())
                .isLessThan(60);
        int most = tab.script("""
                (async () => {
                  const grid = document.querySelector('.grid'); let most = 0, made = 0;
                  new MutationObserver(changes => { for (const each of changes) made += each.addedNodes.length; })
                    .observe(grid, {childList: true, subtree: true});
                  for (let i = 0; i < 60; i++) {
                    made = 0;
                    grid.scrollTop += 5000; grid.dispatchEvent(new Event('scroll'));
                    await new Promise(requestAnimationFrame);
                    most = Math.max(most, made);
                  }
                  return most;
                })()""").asInt();
        assertThat(most).as("rows made in a step wider than the window").isBetween(1, 60);
        tab.script("document.querySelector('.grid').focus()");
        tab.key("End");
        tab.waitFor(Tab.row("file-09999.txt") + "?.classList.contains('active')");
    }

    @Test
    void everythingWorksWithoutAMouse() throws Exception {
        visitWith("folder/inside.txt", "one.txt", "two.txt");
        tab.key("Tab");
        tab.waitFor("document.activeElement.textContent === 'Skip to the content'"
                + " && document.activeElement.getBoundingClientRect().top >= 0");
        tab.picture("keyboard");
        for (int i = 0; i < 20 && !tab.is("document.activeElement.classList.contains('grid')"); i++) {
            tab.key("Tab");
        }
        tab.waitFor("document.activeElement.classList.contains('grid')");
        tab.key("ArrowDown");
        tab.key(" ");
        tab.waitFor("document.querySelector('.line.selected')?.dataset.path === 'one.txt'");
        tab.key("ArrowDown", 8);
        tab.waitForText("2 selected");
        tab.key("Escape");
        tab.waitFor("!document.querySelector('.line.selected')");
        tab.key("Home");
        tab.key("Enter");
        tab.waitFor(Tab.row("folder/inside.txt"));
        tab.waitFor("document.activeElement.classList.contains('grid')");
        tab.key("Enter");
        tab.waitForText("content of folder/inside.txt");
        tab.key("Escape");
        tab.waitFor("!document.querySelector('dialog') && document.activeElement.classList.contains('grid')");
        tab.key("Delete");
        tab.waitForText("Delete “inside.txt”?");
        tab.key("Enter");
        tab.waitForText("This folder is empty");
    }
}
