package io.smilodon.engine.codec;

/** Tokens of Smile that stored documents use; the table is in {@link DocumentCodec}. */
final class SmileFormat {

    static final int EMPTY_STRING = 0x20;
    static final int NULL = 0x21;
    static final int FALSE = 0x22;
    static final int TRUE = 0x23;
    static final int INT32 = 0x24;
    static final int INT64 = 0x25;
    static final int INT64_BYTES_MIN = 5;
    static final int DOUBLE = 0x29;
    static final int DOUBLE_BYTES = 10;

    /** Text of 1 to 64 ASCII characters, the length in the token. */
    static final int SHORT_ASCII = 0x40;

    static final int SHORT_ASCII_MAX = 64;

    /** Text of 2 to 65 bytes of UTF-8, the length in the token. */
    static final int SHORT_UNICODE = 0x80;

    static final int SHORT_UNICODE_MIN = 2;
    static final int SHORT_UNICODE_MAX = 65;

    /** The integers from -16 to 15, in zigzag form in the token. */
    static final int SMALL_INT = 0xC0;

    static final int SMALL_INT_MIN = -16;
    static final int SMALL_INT_MAX = 15;

    static final int LONG_ASCII = 0xE0;
    static final int LONG_UNICODE = 0xE4;
    static final int START_ARRAY = 0xF8;
    static final int END_ARRAY = 0xF9;
    static final int START_OBJECT = 0xFA;
    static final int END_OBJECT = 0xFB;
    static final int END_OF_TEXT = 0xFC;
    static final int RAW_BINARY = 0xFD;

    static final int NAME_EMPTY = 0x20;
    static final int NAME_LONG = 0x34;

    /** Names of 1 to 64 ASCII characters. */
    static final int NAME_ASCII = 0x80;

    static final int NAME_ASCII_MAX = 64;

    /** Names of 2 to 57 bytes of UTF-8. */
    static final int NAME_UNICODE = 0xC0;

    static final int NAME_UNICODE_MIN = 2;
    static final int NAME_UNICODE_MAX = 57;

    private SmileFormat() {}
}
