package dev.dsync.cli;

import dev.dsync.key.RecoverySheet;
import dev.dsync.key.VaultKey;
import io.nayuki.qrcodegen.QrCode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A recovery sheet as a page to print: as text, and as a drawing with the same text and a QR code. Holds the key, in
 * strings that cannot be wiped: made only where it is about to be shown.
 *
 * @param lines the text
 * @param code what the QR code holds
 */
record RecoveryPage(List<String> lines, String code) {

    /** A4 in millimetres. */
    private static final int WIDTH = 210;

    private static final int HEIGHT = 297;
    private static final int MARGIN = 20;
    private static final double LINE_HEIGHT = 6;
    private static final double QR_SIZE = 70;
    /** A scanner wants so many light modules around the code. */
    private static final int QUIET_ZONE = 4;

    RecoveryPage {
        lines = List.copyOf(lines);
    }

    static RecoveryPage of(VaultKey key, LocalDate day) {
        List<String> lines = new ArrayList<>();
        lines.add("dsync recovery sheet, " + day);
        lines.add("");
        lines.add("This is the key of a dsync vault, without a passphrase. Whoever has it can");
        lines.add("read what the vault holds, and without it nobody can: keep this sheet where");
        lines.add("you keep your passport.");
        lines.add("");
        lines.add("Vault  " + key.vaultId());
        lines.add("");
        lines.add("Key");
        RecoverySheet.lines(key).forEach(line -> lines.add("  " + line));
        lines.add("");
        lines.add("To bring your files back: put your webhooks.txt into an empty folder, and");
        lines.add("there type the lines of the key into a file, say sheet.txt, or what a scan of");
        lines.add("the QR code gives. Then, in that folder:");
        lines.add("");
        lines.add("  dsync key import sheet.txt");
        lines.add("  dsync recover");
        lines.add("  dsync restore --to restored");
        return new RecoveryPage(lines, RecoverySheet.code(key));
    }

    String text() {
        return String.join("\n", lines) + '\n';
    }

    /** The drawing, as SVG. */
    String svg() {
        QrCode qr = QrCode.encodeText(code, QrCode.Ecc.QUARTILE);
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"")
                .append(WIDTH)
                .append("mm\" height=\"");
        svg.append(HEIGHT)
                .append("mm\" viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(HEIGHT)
                .append("\">\n");
        svg.append("<desc>").append(code).append("</desc>\n");
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        svg.append("<g font-family=\"monospace\" font-size=\"3.8\" xml:space=\"preserve\">\n");
        double y = MARGIN;
        for (String line : lines) {
            svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%.1f\">%s</text>%n", MARGIN, y, line));
            y += LINE_HEIGHT;
        }
        svg.append("</g>\n");
        double module = QR_SIZE / (qr.size + 2 * QUIET_ZONE);
        svg.append(String.format(
                Locale.ROOT,
                "<path transform=\"translate(%d %.1f) scale(%.4f)\" fill=\"#000\" d=\"",
                MARGIN,
                y,
                module));
        svg.append(modules(qr)).append("\"/>\n</svg>\n");
        return svg.toString();
    }

    /** A square for each dark module. */
    private static String modules(QrCode qr) {
        StringBuilder path = new StringBuilder();
        for (int row = 0; row < qr.size; row++) {
            for (int column = 0; column < qr.size; column++) {
                if (qr.getModule(column, row)) {
                    path.append('M').append(column + QUIET_ZONE).append(',').append(row + QUIET_ZONE);
                    path.append("h1v1h-1z");
                }
            }
        }
        return path.toString();
    }

    @Override
    public String toString() {
        return "***";
    }
}
