package io.smilodon.engine.codec;

import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Value;

/**
 * Values as bytes whose unsigned order is {@link io.smilodon.engine.value.ValueOrder}: what keys of
 * the byte store are made of. Values that compare as equal have the same bytes. No encoded value is
 * the beginning of another, so values can stand one after the other and sort as a tuple; a
 * descending part has all its bits inverted.
 *
 * <pre>
 * value     := 08                                      MinKey
 *            | 0C                                      Missing
 *            | 10                                      undefined
 *            | 14                                      null
 *            | 18                                      NaN
 *            | 19 ~magnitude                           a number below zero, bits inverted
 *            | 1A                                      zero
 *            | 1B magnitude                            a number above zero
 *            | 1C text                                 string, symbol
 *            | 20 (rank text value)* 00                document; rank is the tag of the value's
 *                                                      rank: 18 for numbers, 30 for booleans
 *            | 24 value* 00                            array
 *            | 28 length u32, subtype u8, u8[length]   binary
 *            | 2C u8[12]                               ObjectId
 *            | 30 | 31                                 false, true
 *            | 34 u64                                  date, sign bit inverted
 *            | 38 u64                                  timestamp
 *            | 3C text text                            regex: pattern, options
 *            | 40 text u8[12]                          DBPointer
 *            | 44 text                                 code
 *            | 48 text (rank text value)* 00           code with scope
 *            | F0                                      MaxKey
 * magnitude := double u64, (00 | 01 digits)            the largest double not above the number,
 *                                                      in IEEE 754 bits; digits if that is less
 * digits    := exponent u16, (pair u8)* 00             0.pairs times 10 to the exponent, which is
 *                                                      biased by 8000; a pair is 1 to 100 for the
 *                                                      decimal digits 00 to 99
 * text      := UTF-8 with 00 as 01 01 and 01 as 01 02, then 00
 * </pre>
 *
 * Integers are big-endian. What equal bytes do not tell apart (the type of a number, the sign of a
 * zero, a symbol) can travel beside the key as type bits: see {@link KeyWriter#typeBits}.
 */
public final class KeyCodec {

    private KeyCodec() {}

    /** The value's key, ascending. */
    public static byte[] encode(Value value) {
        return encode(value, Direction.FORWARD);
    }

    /** The value's key; {@link Direction#BACKWARD} is descending. */
    public static byte[] encode(Value value, Direction direction) {
        return new KeyWriter().append(value, direction).toKey();
    }

    /**
     * The value of an ascending key, in the type that a key alone denotes.
     *
     * @throws io.smilodon.engine.error.SmilodonException if the bytes are no key
     */
    public static Value decode(byte[] key) {
        return decode(key, new byte[0]);
    }

    /** The value of an ascending key, exactly as it was encoded. */
    public static Value decode(byte[] key, byte[] typeBits) {
        return new KeyReader(key, 0, typeBits).next(Direction.FORWARD);
    }
}
