package dev.dsync.cli;

/** One command with its arguments: a class that picocli fills, named in {@link Commands}. */
interface Task {

    /** Does what the command is for. What it throws becomes one sentence and an exit status: see {@link Failure}. */
    Answer run(Session session) throws Exception;
}
