package io.smilodon.engine.codec;

/**
 * How many bytes follow from a token alone, so that most of what is skipped is skipped by one look
 * into a table. The format is in {@link DocumentCodec}. Stateless.
 */
final class SmileLengths {

    private static final int TOKENS = 256;

    private static final byte[] VALUES = values();
    private static final byte[] NAMES = names();

    private SmileLengths() {}

    /** The bytes of the value that begins with the token, or 0 if there is more to look at. */
    static int ofValue(int token) {
        return VALUES[token];
    }

    /** The bytes of the name that begins with the token, or 0 if there is more to look at. */
    static int ofName(int token) {
        return NAMES[token];
    }

    private static byte[] values() {
        byte[] lengths = new byte[TOKENS];
        lengths[SmileFormat.EMPTY_STRING] = 1;
        lengths[SmileFormat.NULL] = 1;
        lengths[SmileFormat.FALSE] = 1;
        lengths[SmileFormat.TRUE] = 1;
        lengths[SmileFormat.DOUBLE] = 1 + SmileFormat.DOUBLE_BYTES;
        for (int token = SmileFormat.SMALL_INT; token < SmileFormat.LONG_ASCII; token++) {
            lengths[token] = 1;
        }
        fillText(lengths, SmileFormat.SHORT_ASCII, 1, SmileFormat.SHORT_ASCII_MAX);
        fillText(
                lengths,
                SmileFormat.SHORT_UNICODE,
                SmileFormat.SHORT_UNICODE_MIN,
                SmileFormat.SHORT_UNICODE_MAX);
        return lengths;
    }

    private static byte[] names() {
        byte[] lengths = new byte[TOKENS];
        lengths[SmileFormat.NAME_EMPTY] = 1;
        fillText(lengths, SmileFormat.NAME_ASCII, 1, SmileFormat.NAME_ASCII_MAX);
        fillText(
                lengths,
                SmileFormat.NAME_UNICODE,
                SmileFormat.NAME_UNICODE_MIN,
                SmileFormat.NAME_UNICODE_MAX);
        return lengths;
    }

    private static void fillText(byte[] lengths, int firstToken, int bytesMin, int bytesMax) {
        for (int bytes = bytesMin; bytes <= bytesMax; bytes++) {
            lengths[firstToken + bytes - bytesMin] = (byte) (1 + bytes);
        }
    }
}
