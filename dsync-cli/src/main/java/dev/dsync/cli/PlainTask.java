package dev.dsync.cli;

/** A command that can do without any word of its own, so that its command line may need no parser: see {@link PlainWords}. */
interface PlainTask extends Task {

    /**
     * Takes an option without a value, or a word that is no option, if that is beyond doubt; false leaves it to the parser.
     */
    default boolean takes(String word) {
        return false;
    }
}
