package io.smilodon.shell;

/** Something that the user must do otherwise; its text is all there is to say. */
final class ShellException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ShellException(String message) {
        super(message);
    }
}
