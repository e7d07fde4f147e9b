package io.smilodon.engine.file;

/**
 * Bytes that do not follow their format. Whoever knows the file and the place turns it into the
 * error that users see.
 */
public final class MalformedBytesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedBytesException(String message) {
        super(message);
    }
}
