package dev.dsync.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecoverySheetTest {

    private static VaultKey key(long seed) {
        byte[] bytes = new byte[VaultKey.BYTES];
        new Random(seed).nextBytes(bytes);
        return VaultKey.of(bytes);
    }

    /** What is on paper somewhere must stay readable for ever. */
    @Test
    void textOfAKnownKeyStaysAsItIs() {
        byte[] bytes = new byte[VaultKey.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        try (VaultKey key = VaultKey.of(bytes)) {
            assertThat(RecoverySheet.lines(key))
                    .containsExactly(
                            "1  AAAQ EAYE AUDA P3SL",
                            "2  BAEQ UCYM BUHA 7J3T",
                            "3  CAIR EEYU CULB OW2R",
                            "4  DAMR UGY4 DUPB 6BWP");
            assertThat(RecoverySheet.code(key))
                    .isEqualTo("DSYNC1:"
                            + String.join("", RecoverySheet.lines(key)).replaceAll("[0-9]  | ", ""));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyWayToWriteItDownReadsBack(long seed) {
        try (VaultKey key = key(seed)) {
            String sheet = String.join("\n", RecoverySheet.lines(key));
            for (String text : List.of(
                    RecoverySheet.code(key),
                    "<desc>" + RecoverySheet.code(key) + "</desc>",
                    sheet,
                    sheet.toLowerCase(Locale.ROOT),
                    sheet.replace("\n", "\r\n"),
                    sheet.replaceAll("(?<=[A-Z2-7]) (?=[A-Z2-7])", "-"),
                    sheet.replace('O', '0').replaceAll("B", "8"),
                    "Some words before\n\nVault  " + key.vaultId() + "\n\n" + sheet
                            + "\n\n and behind, on 2026-11-22\n")) {
                try (VaultKey read = RecoverySheet.parse(text)) {
                    assertThat(read.vaultId()).as("seed %d: %s", seed, text).isEqualTo(key.vaultId());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void mistypedLineIsNamedAndNotShown(int number) {
        try (VaultKey key = key(number)) {
            List<String> lines = new ArrayList<>(RecoverySheet.lines(key));
            String line = lines.get(number - 1);
            char last = line.charAt(line.length() - 1);
            String wrong = line.substring(0, line.length() - 1) + (last == 'A' ? 'C' : 'A');
            lines.set(number - 1, wrong);
            assertThatThrownBy(() -> RecoverySheet.parse(String.join("\n", lines)))
                    .hasMessageContaining("line " + number)
                    .hasMessageNotContaining(wrong.substring(3, 7));
        }
    }

    @Test
    void linesInAnotherOrderAreNotAKey() {
        try (VaultKey key = key(1)) {
            List<String> lines = RecoverySheet.lines(key);
            String swapped = "1" + lines.get(1).substring(1) + "\n2"
                    + lines.get(0).substring(1) + "\n" + lines.get(2) + "\n" + lines.get(3);
            assertThatThrownBy(() -> RecoverySheet.parse(swapped)).hasMessageContaining("line 1");
        }
    }

    @Test
    void whatIsMissingOrTooMuchIsNamed() {
        try (VaultKey key = key(1)) {
            List<String> lines = RecoverySheet.lines(key);
            assertThatThrownBy(() -> RecoverySheet.parse(String.join("\n", lines.subList(0, 3))))
                    .hasMessageContaining("line 4 of the key is missing");
            assertThatThrownBy(() -> RecoverySheet.parse(String.join("\n", lines) + "\n" + lines.get(0)))
                    .hasMessageContaining("line 1 of the key is there twice");
            assertThatThrownBy(() -> RecoverySheet.parse(RecoverySheet.code(key) + "A"))
                    .hasMessageContaining("65 characters");
            assertThatThrownBy(() -> RecoverySheet.parse("")).hasMessageContaining("line 1");
        }
    }

    @Test
    void keyOfAnotherVaultThanTheSheetNamesIsRefused() {
        try (VaultKey key = key(1);
                VaultKey other = key(2)) {
            String sheet = "vault " + other.vaultId() + "\n" + String.join("\n", RecoverySheet.lines(key));
            assertThatThrownBy(() -> RecoverySheet.parse(sheet))
                    .hasMessageContaining(other.vaultId().toString());
        }
    }
}
