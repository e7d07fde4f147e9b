package io.smilodon.engine.file;

/** How the number of a file stands in its name. Pure functions. */
public final class FileNumber {

    private static final int DIGITS_MIN = 12;

    private FileNumber() {}

    /** With leading zeros, so that names sort like numbers. */
    public static String text(long number) {
        String digits = Long.toString(number);
        return "0".repeat(Math.max(0, DIGITS_MIN - digits.length())) + digits;
    }
}
