package io.smilodon.wire;

/**
 * Bytes that are no message: where the next one begins cannot be known, so that the connection
 * ends.
 */
final class MalformedMessageException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedMessageException(String message) {
        super(message);
    }
}
