package io.smilodon.index.ordered;

import io.smilodon.engine.codec.KeyReader;
import io.smilodon.engine.codec.PositiveNumber;
import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.key.IndexKey;
import io.smilodon.index.key.KeyPattern;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/**
 * Reads entries, one after the other, and of each no more than is asked for; see {@link
 * EntryFormat}. Not thread-safe.
 */
final class EntryReader {

    /** In the value of a unique entry: behind the flags and the length. */
    private static final int ID_START = 1 + Short.BYTES;

    /** No number takes more in a key. */
    private static final int NUMBER_BYTES_MAX = 100;

    private final KeyPattern pattern;
    private final boolean isUnique;

    /** Where each field ends in the key, as far as known. */
    private final int[] ends;

    /** How many of the first fields end at the same place in every entry. */
    private final int endsFixed;

    /** The bytes around the key, which begins with the first of them. */
    private byte[] key = {};

    private int keyLength;

    /** The bytes around the value. */
    private byte[] value = {};

    private int valueStart;
    private int valueLength;
    private boolean isCut;
    private int wholeFields;
    private int endsKnown;

    EntryReader(IndexDefinition definition) {
        this(definition, new int[0]);
    }

    /**
     * A reader of entries that have the first fields in common.
     *
     * @param fixedEnds where each of these ends in the key
     */
    EntryReader(IndexDefinition definition, int[] fixedEnds) {
        this.pattern = definition.keyPattern();
        this.isUnique = definition.options().hasUniqueEntries();
        this.ends = Arrays.copyOf(fixedEnds, pattern.length());
        this.endsFixed = fixedEnds.length;
    }

    /**
     * Turns to an entry.
     *
     * @throws SmilodonException 366 if its value is damaged
     */
    void read(byte[] entryKey, byte[] entryValue) {
        key = entryKey;
        keyLength = entryKey.length;
        value = entryValue;
        valueStart = 0;
        valueLength = entryValue.length;
        begin();
    }

    /** The same of one that stays where it lies; it must not move while this reads it. */
    void read(ByteSpan entryKey, ByteSpan entryValue) {
        key = entryKey.start() == 0 ? entryKey.bytes() : entryKey.copy();
        keyLength = entryKey.length();
        value = entryValue.bytes();
        valueStart = entryValue.start();
        valueLength = entryValue.length();
        begin();
    }

    private void begin() {
        isCut = valueLength > 0 && value[valueStart] == EntryFormat.CUT;
        endsKnown = endsFixed;
        checkValue();
        wholeFields = pattern.length();
        if (isCut) {
            readEnds();
        }
    }

    private void checkValue() {
        if (isUnique && (valueLength < ID_START || valueLength < ID_START + idLength())) {
            throw damaged();
        }
        if (valueLength > 0 && value[valueStart] != EntryFormat.WHOLE && !isCut) {
            throw damaged();
        }
    }

    private SmilodonException damaged() {
        return new SmilodonException(
                ErrorCode.DATA_CORRUPTION_DETECTED,
                "An index entry is damaged",
                Map.of("key", HexFormat.of().formatHex(key, 0, keyLength)));
    }

    private void readEnds() {
        ByteBuffer rest = rest();
        int count = rest.hasRemaining() ? rest.get(rest.position()) : -1;
        boolean isPlausible =
                count >= 0
                        && count < pattern.length()
                        && rest.remaining() == 1 + count * Short.BYTES
                        && keyLength >= EntryFormat.PREFIX_BYTES + EntryFormat.FIELDS_BYTES_MAX;
        if (!isPlausible) {
            throw damaged();
        }
        wholeFields = rest.get();
        for (int part = 0; part < wholeFields; part++) {
            int end = EntryFormat.PREFIX_BYTES + Short.toUnsignedInt(rest.getShort());
            ends[part] = part < endsFixed ? ends[part] : end;
        }
        endsKnown = wholeFields;
    }

    boolean isCut() {
        return isCut;
    }

    /** How many parts {@link #field} can tell something of. */
    int knownParts() {
        return isCut ? wholeFields + 1 : wholeFields;
    }

    ByteInterval.Field field(int part) {
        int start = start(part);
        return part == wholeFields
                ? new ByteInterval.Field(key, start, endOfFields(), true)
                : new ByteInterval.Field(key, start, end(part), false);
    }

    /** One field, a number, as a double. */
    double number(int part) {
        KeyReader reader = new KeyReader(key, start(part));
        double number = reader.nextDouble(pattern.part(part).direction());
        if (endsKnown == part) {
            ends[endsKnown++] = reader.position();
        }
        return number;
    }

    /**
     * Where a number starts in every entry that this reads, if it is the last field, ascending,
     * never cut, and the {@code _id} follows; -1 otherwise.
     */
    int startOfLast(int part) {
        boolean isLast = part == pattern.length() - 1 && !pattern.part(part).isDescending();
        if (!isLast || isUnique || part > endsFixed) {
            return -1;
        }
        int start = part == 0 ? EntryFormat.PREFIX_BYTES : ends[part - 1];
        return start + NUMBER_BYTES_MAX <= EntryFormat.KEY_BYTES_MAX ? start : -1;
    }

    private int start(int part) {
        return part == 0 ? EntryFormat.PREFIX_BYTES : end(part - 1);
    }

    /** A field that is a positive number, rounded down to a double; NaN for others. */
    double floor(int part) {
        if (part >= wholeFields) {
            return Double.NaN;
        }
        return PositiveNumber.floor(key, start(part), pattern.part(part).direction());
    }

    /** The key up to the end of its first parts, which are whole. */
    byte[] head(int parts) {
        return Arrays.copyOf(key, end(parts - 1));
    }

    private int end(int part) {
        while (endsKnown <= part) {
            int start = endsKnown == 0 ? EntryFormat.PREFIX_BYTES : ends[endsKnown - 1];
            ends[endsKnown] = FieldCodec.end(key, start, pattern.part(endsKnown).direction());
            endsKnown++;
        }
        return ends[part];
    }

    private int endOfFields() {
        return isCut
                ? EntryFormat.PREFIX_BYTES + EntryFormat.FIELDS_BYTES_MAX
                : end(pattern.length() - 1);
    }

    byte[] idKey() {
        return isUnique
                ? Arrays.copyOfRange(
                        value, valueStart + ID_START, valueStart + ID_START + idLength())
                : Arrays.copyOfRange(key, endOfFields(), keyLength);
    }

    /** Points a span at the encoded {@code _id}. */
    void id(ByteSpan span) {
        if (isUnique) {
            span.set(value, valueStart + ID_START, idLength());
        } else {
            span.set(key, endOfFields(), keyLength - endOfFields());
        }
    }

    private int idLength() {
        return Byte.toUnsignedInt(value[valueStart + 1]) << Byte.SIZE
                | Byte.toUnsignedInt(value[valueStart + 2]);
    }

    private ByteBuffer rest() {
        int start = Math.min(isUnique ? ID_START + idLength() : 1, valueLength);
        return ByteBuffer.wrap(value, valueStart + start, valueLength - start);
    }

    IndexKey indexKey() {
        if (isCut) {
            throw new IllegalStateException("a cut entry does not hold its values");
        }
        ByteBuffer rest = rest();
        byte[] typeBits = new byte[rest.remaining()];
        rest.get(typeBits);
        KeyReader fields = new KeyReader(key, EntryFormat.PREFIX_BYTES, typeBits);
        return FieldCodec.decode(fields, pattern);
    }
}
