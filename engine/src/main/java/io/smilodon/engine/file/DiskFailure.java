package io.smilodon.engine.file;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Tells a disk without space from all other failures. Java passes on only the system's text, so the
 * texts are compared here and nowhere else. Pure functions.
 */
public final class DiskFailure {

    /** ENOSPC and EDQUOT of Linux, macOS and Windows, in lower case. */
    private static final List<String> EXHAUSTED =
            List.of(
                    "no space left on device",
                    "disk quota exceeded",
                    "quota exceeded",
                    "disc quota exceeded",
                    "not enough space on the disk");

    /** Other reasons of the system, in lower case, and what a client may do about them. */
    private static final Map<String, String> HINTS =
            Map.of(
                    "file too large", "Raise the limit of a file's size (ulimit -f).",
                    "read-only file system", "Ask the system's log why it cannot be written to.",
                    "too many open files", "Raise the limit of open files (ulimit -n).",
                    "input/output error", "Look at the disk and at the system's log.");

    private DiskFailure() {}

    /** Whether there was no space, for this failure or for one that caused it. */
    public static boolean isExhausted(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException && isExhausted(text(cause))) {
                return true;
            }
        }
        return false;
    }

    private static String text(Throwable cause) {
        String reason = cause instanceof FileSystemException file ? file.getReason() : null;
        return String.valueOf(reason == null ? cause.getMessage() : reason);
    }

    private static boolean isExhausted(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return EXHAUSTED.stream().anyMatch(lower::contains);
    }

    /**
     * The error for something that did not happen because writing failed.
     *
     * @param template what did not happen
     */
    public static SmilodonException error(String template, Throwable cause) {
        boolean isExhausted = isExhausted(cause);
        return new SmilodonException(
                        isExhausted ? ErrorCode.OUT_OF_DISK_SPACE : ErrorCode.OPERATION_FAILED,
                        isExhausted ? template : template + reason(cause),
                        Map.of("cause", String.valueOf(cause)),
                        cause)
                .withHint(
                        isExhausted
                                ? "Free space on the disk; writing goes on by itself."
                                : hint(cause));
    }

    private static Optional<String> known(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String lower = text(cause).toLowerCase(Locale.ROOT);
            Optional<String> known = HINTS.keySet().stream().filter(lower::contains).findFirst();
            if (known.isPresent()) {
                return known;
            }
        }
        return Optional.empty();
    }

    private static String reason(Throwable cause) {
        return known(cause).map(text -> ", " + text).orElse("");
    }

    private static String hint(Throwable cause) {
        return known(cause)
                .map(HINTS::get)
                .orElse("Look at the disk and at the system's log, then try again.");
    }
}
