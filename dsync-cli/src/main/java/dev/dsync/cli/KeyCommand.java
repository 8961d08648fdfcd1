package dev.dsync.cli;

import dev.dsync.cli.settings.Nearest;
import dev.dsync.key.KeyFile;
import dev.dsync.key.RecoverySheet;
import dev.dsync.key.VaultId;
import dev.dsync.key.VaultKey;
import dev.dsync.vault.KeyCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks after the key. */
@Command(
        name = "key",
        sortOptions = false,
        header = "Look after the key: put it under a passphrase, print it for the safe, bring it back.",
        description = {
            "show        whose key it is and how it is kept; never the key itself",
            "protect     put it under a passphrase, or under another one",
            "unprotect   take the passphrase away",
            "export      a recovery sheet: the key in letters; with --to a QR code too",
            "import      read a recovery sheet, check it, and write the key file"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  dsync key show",
            "  dsync key protect",
            "  dsync key export --to sheet     recovery-sheet.txt and .svg in there, to print",
            "  dsync key import sheet.txt      also an .svg, or - for standard input",
            "",
            "A passphrase is asked for, or comes from one of these variables:",
            "  DSYNC_PASSPHRASE_FILE      a file's first line",
            "  DSYNC_PASSPHRASE_COMMAND   what a command prints",
            "  DSYNC_PASSPHRASE           the passphrase itself",
            "A new one for a key that has one comes from DSYNC_NEW_PASSPHRASE_FILE and so on."
        })
final class KeyCommand implements Task {

    private static final List<String> ACTIONS = List.of("show", "protect", "unprotect", "export", "import");

    /** Shorter ones are found by trying, whatever one try costs. */
    private static final int SHORT_PASSPHRASE = 12;

    private static final int MOST_SHEET_BYTES = 1 << 20;

    @Parameters(index = "0", paramLabel = "show|protect|unprotect|export|import", description = "What to do.")
    private String action = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "SHEET", description = "The recovery sheet to import.")
    private @Nullable String sheet;

    @Option(names = "--to", paramLabel = "DIR", description = "Write the recovery sheet into this folder.")
    private @Nullable String to;

    @Override
    public Answer run(Session session) throws IOException {
        requireFittingWords();
        return switch (action) {
            case "show" -> show(session);
            case "protect" -> protect(session);
            case "unprotect" -> unprotect(session);
            case "export" -> export(session);
            case "import" -> bringBack(session);
            default ->
                throw new UsageException("key cannot " + action
                        + Nearest.to(action, ACTIONS)
                                .map(meant -> "; did you mean " + meant + '?')
                                .orElse("; it can " + String.join(", ", ACTIONS)));
        };
    }

    private void requireFittingWords() throws UsageException {
        if (sheet != null && !action.equals("import")) {
            throw new UsageException("key " + action + " takes nothing after it, found \"" + sheet + '"');
        }
        if (sheet == null && action.equals("import")) {
            throw new UsageException("name the sheet to import: dsync key import sheet.txt, or - for standard input");
        }
        if (to != null && !action.equals("export")) {
            throw new UsageException("--to belongs to key export");
        }
    }

    private static Answer show(Session session) throws IOException {
        KeyFile file = file(session);
        VaultId vault = file.vaultId();
        List<String> lines = new ArrayList<>();
        lines.add("key file   " + file.path());
        lines.add("vault      " + vault);
        lines.add("passphrase " + (file.isProtected() ? "yes" : "no: whoever can read the file has the key"));
        if (file.readableByOthers()) {
            lines.add("warning    other users of this machine can read it: chmod 600 " + file.path());
        }
        lines.add(new KeyCheck(session.builder())
                .vaultOfHome()
                .map(known -> known.equals(vault.toString())
                        ? "this home  works with that vault"
                        : "this home  works with another vault, " + known + ": put the right key back")
                .orElse("this home  has no catalog yet, so nothing can be said of its vault"));
        return new KeyAnswer(file.path(), vault, file.isProtected(), Optional.empty(), List.of(), lines);
    }

    private static Answer protect(Session session) throws IOException {
        KeyFile file = file(session);
        boolean hadOne = file.isProtected();
        try (VaultKey key = read(session, file)) {
            char[] passphrase = session.passphrases().fresh(file.path(), hadOne);
            if (passphrase.length == 0) {
                throw new UsageException("passphrase", "an empty passphrase protects nothing; nothing was changed");
            }
            if (passphrase.length < SHORT_PASSPHRASE) {
                session.output()
                        .notice("a passphrase of less than " + SHORT_PASSPHRASE
                                + " characters is soon found by trying: four or five words are better");
            }
            file.protect(key, passphrase, new SecureRandom());
            return new KeyAnswer(
                    file.path(),
                    key.vaultId(),
                    true,
                    Optional.empty(),
                    List.of(),
                    List.of(
                            hadOne ? "the key has a new passphrase" : "the key is under a passphrase now",
                            "copies made before are as they were; 'dsync key export' prints one for the safe"));
        }
    }

    private static Answer unprotect(Session session) throws IOException {
        KeyFile file = file(session);
        boolean hadOne = file.isProtected();
        try (VaultKey key = read(session, file)) {
            if (hadOne) {
                file.unprotect(key);
            }
            return new KeyAnswer(
                    file.path(),
                    key.vaultId(),
                    false,
                    Optional.empty(),
                    List.of(),
                    List.of(
                            hadOne
                                    ? "the passphrase is gone: whoever can read the file has the key"
                                    : "the key had no passphrase; nothing was changed"));
        }
    }

    private Answer export(Session session) throws IOException {
        KeyFile file = file(session);
        try (VaultKey key = read(session, file)) {
            RecoveryPage page =
                    RecoveryPage.of(key, LocalDate.now(session.around().clock()));
            if (to == null) {
                return new KeyAnswer(
                        file.path(), key.vaultId(), file.isProtected(), Optional.of(page.text()), List.of(), List.of());
            }
            List<Path> written = new SheetFolder(session.path(to)).write(page);
            List<String> lines = new ArrayList<>();
            written.forEach(path -> lines.add("wrote " + path));
            lines.add("print one of them, then delete both: they hold the key without a passphrase");
            return new KeyAnswer(file.path(), key.vaultId(), file.isProtected(), Optional.empty(), written, lines);
        }
    }

    private Answer bringBack(Session session) throws IOException {
        KeyFile file = new KeyFile(session.home().keyFile());
        try (VaultKey key = sheetKey(session)) {
            KeyCheck check = new KeyCheck(session.builder());
            if (file.exists()) {
                return requireSame(file, key);
            }
            check.requireVaultOfHome(key.vaultId());
            KeyCheck.Targets targets = check.askTargets(key);
            if (!targets.foreign().isEmpty()) {
                throw new UsageException(
                        "foreign_key",
                        "the sheet is in order, but its key is not the one of the vault on "
                                + String.join(", ", targets.foreign())
                                + "; nothing was written: look for the sheet of that vault, or mend webhooks.txt");
            }
            file.unprotect(key);
            return new KeyAnswer(
                    file.path(),
                    key.vaultId(),
                    false,
                    Optional.empty(),
                    List.of(file.path()),
                    List.of("wrote the key to " + file.path(), next(targets)));
        }
    }

    private static String next(KeyCheck.Targets targets) {
        if (targets.opened() > 0) {
            return "it opens the vault on " + Lines.count(targets.opened(), "target")
                    + ": 'dsync recover' rebuilds the catalog, 'dsync restore' brings files back";
        }
        return targets.unreachable() > 0
                ? "no target could be asked whether it fits: see 'dsync targets test', then 'dsync recover'"
                : "the sheet is in order, but no target holds a vault yet: see whether webhooks.txt names the right ones";
    }

    private static Answer requireSame(KeyFile file, VaultKey key) throws IOException {
        if (!file.vaultId().equals(key.vaultId())) {
            throw new UsageException(
                    "key_taken",
                    "the key file " + file.path() + " holds the key of another vault, " + file.vaultId()
                            + ", than the sheet, " + key.vaultId()
                            + "; nothing was changed: move it away first, and keep it, or import into another home");
        }
        return new KeyAnswer(
                file.path(),
                key.vaultId(),
                file.isProtected(),
                Optional.empty(),
                List.of(),
                List.of("the key file " + file.path() + " holds this key already; nothing was changed"));
    }

    private VaultKey sheetKey(Session session) throws IOException {
        String name = String.valueOf(sheet);
        String text = name.equals("-") ? text(System.in) : ofFile(session.path(name));
        try {
            return RecoverySheet.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "sheet", (name.equals("-") ? "standard input" : name) + " is no recovery sheet: " + e.getMessage());
        }
    }

    private static String ofFile(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return text(in);
        } catch (NoSuchFileException e) {
            throw new UsageException(
                    "sheet", "there is no file " + path + ": name the recovery sheet, or - to type it in");
        }
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readNBytes(MOST_SHEET_BYTES), StandardCharsets.UTF_8);
    }

    private static KeyFile file(Session session) {
        return new KeyFile(session.home().keyFile());
    }

    /** The key of this home, as far as this home can tell. */
    private static VaultKey read(Session session, KeyFile file) throws IOException {
        new KeyCheck(session.builder()).requireVaultOfHome(file.vaultId());
        return file.read(() -> session.passphrases().present(file.path()));
    }
}
