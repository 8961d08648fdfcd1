package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import dev.dsync.key.RecoverySheet;
import dev.dsync.key.VaultKey;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class RecoveryPageTest {

    private static final VaultKey KEY = VaultKey.of(new byte[VaultKey.BYTES]);
    private static final RecoveryPage PAGE = RecoveryPage.of(KEY, LocalDate.of(2026, 11, 22));

    @Test
    void pageCanBeImportedAsTextAndAsDrawing() {
        for (String form : new String[] {PAGE.text(), PAGE.svg(), PAGE.code()}) {
            try (VaultKey read = RecoverySheet.parse(form)) {
                assertThat(read.vaultId()).isEqualTo(KEY.vaultId());
            }
        }
    }

    @Test
    void textFitsOnPaperAndSaysWhatToDo() {
        assertThat(PAGE.text().lines())
                .allMatch(line -> line.length() <= 80 && line.chars().allMatch(c -> c < 127));
        assertThat(PAGE.text()).contains("2026-11-22", KEY.vaultId().toString(), "dsync key import", "dsync recover");
    }

    /** Drawn from the SVG alone, and read by somebody else's code. */
    @Test
    void qrCodeInTheDrawingScans() throws Exception {
        Document svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(PAGE.svg().getBytes(StandardCharsets.UTF_8)));
        Element path = (Element) svg.getElementsByTagName("path").item(0);
        Matcher modules = Pattern.compile("M(\\d+),(\\d+)h1v1h-1z").matcher(path.getAttribute("d"));
        int quiet = 4;
        int size = 0;
        BitMatrix drawn = new BitMatrix(177);
        while (modules.find()) {
            int x = Integer.parseInt(modules.group(1)) - quiet;
            int y = Integer.parseInt(modules.group(2)) - quiet;
            drawn.set(x, y);
            size = Math.max(size, Math.max(x, y) + 1);
        }
        BitMatrix code = new BitMatrix(size);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                if (drawn.get(x, y)) {
                    code.set(x, y);
                }
            }
        }
        assertThat(new Decoder().decode(code).getText()).isEqualTo(RecoverySheet.code(KEY));
    }

    @Test
    void pageDoesNotPrintItself() {
        assertThat(PAGE).hasToString("***");
    }
}
