package dev.dsync.web;

/** A request that gets another answer than it hoped for. */
final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String error;

    /**
     * An answer.
     *
     * @param status of HTTP
     * @param error short, for programs
     * @param detail a sentence for people: what was found, what to do
     */
    ApiException(int status, String error, String detail) {
        super(detail);
        this.status = status;
        this.error = error;
    }

    int status() {
        return status;
    }

    String error() {
        return error;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    static ApiException badRequest(String error, String detail) {
        return new ApiException(400, error, detail);
    }

    static ApiException notFound(String error, String detail) {
        return new ApiException(404, error, detail);
    }
}
