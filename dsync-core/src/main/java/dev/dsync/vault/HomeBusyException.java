package dev.dsync.vault;

/** Another process writes in the home. Worth another try when it is done, which takes as long as its work. */
public final class HomeBusyException extends ConfigurationException {

    private static final long serialVersionUID = 1;

    HomeBusyException(String message) {
        super(message);
    }
}
