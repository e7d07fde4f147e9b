package io.smilodon.engine.codec;

import io.smilodon.engine.value.TypeRank;
import io.smilodon.engine.value.Value;

/** The bytes of keys; the table is in {@link KeyCodec}. */
final class KeyFormat {

    /** Ends text, documents and arrays; below every tag. */
    static final int END = 0x00;

    /** In text, stands before what replaces the bytes 0x00 (01) and 0x01 (02). */
    static final int ESCAPE = 0x01;

    static final int ESCAPED_ZERO = 0x01;
    static final int ESCAPED_ONE = 0x02;

    static final int MIN_KEY = 0x08;
    static final int MISSING = 0x0C;
    static final int UNDEFINED = 0x10;
    static final int NULL = 0x14;
    static final int NAN = 0x18;
    static final int NEGATIVE = 0x19;
    static final int ZERO = 0x1A;
    static final int POSITIVE = 0x1B;
    static final int STRING = 0x1C;
    static final int DOCUMENT = 0x20;
    static final int ARRAY = 0x24;
    static final int BINARY = 0x28;
    static final int OBJECT_ID = 0x2C;
    static final int FALSE = 0x30;
    static final int TRUE = 0x31;
    static final int DATE = 0x34;
    static final int TIMESTAMP = 0x38;
    static final int REGEX = 0x3C;
    static final int DB_POINTER = 0x40;
    static final int CODE = 0x44;
    static final int CODE_WITH_SCOPE = 0x48;
    static final int MAX_KEY = 0xF0;

    /** After the double of a number: nothing follows, or its decimal digits do. */
    static final int EXACT = 0x00;

    static final int DIGITS = 0x01;

    static final int EXPONENT_BIAS = 0x8000;

    /** A decimal128 has 34 digits, two in a byte. */
    static final int DIGIT_PAIRS_MAX = 17;

    private static final int RANK_TAG_STEP = 4;

    private KeyFormat() {}

    /** What stands before a field's name, so that fields sort by type first. */
    static int rankTag(Value value) {
        TypeRank rank = value.rank();
        return rank == TypeRank.MAX_KEY ? MAX_KEY : MIN_KEY + RANK_TAG_STEP * rank.ordinal();
    }
}
