package dev.dsync.cli;

import dev.dsync.key.VaultId;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What there is to say of a key file.
 *
 * @param file where it lies
 * @param vault the vault it opens
 * @param isProtected whether it is under a passphrase
 * @param sheet the recovery sheet, if it is to be shown
 * @param written files that were written
 * @param lines what happened and what to do next
 */
record KeyAnswer(
        Path file, VaultId vault, boolean isProtected, Optional<String> sheet, List<Path> written, List<String> lines)
        implements Answer {

    KeyAnswer {
        written = List.copyOf(written);
        lines = List.copyOf(lines);
    }

    @Override
    public Exit exit() {
        return Exit.DONE;
    }

    @Override
    public void toProgram(JsonFields json) {
        json.put("file", file.toString())
                .put("vault", vault.toString())
                .put("protected", isProtected)
                .put("sheet", sheet)
                .put("written", (Object) written);
    }

    @Override
    public void toPeople(PrintStream text) {
        sheet.ifPresent(text::print);
        lines.forEach(line -> text.println(Printable.of(line)));
    }
}
