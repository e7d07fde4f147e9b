package io.smilodon.engine.codec;

import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.CodeValue;
import io.smilodon.engine.value.CodeWithScopeValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.DbPointerValue;
import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.MaxKey;
import io.smilodon.engine.value.MinKey;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.SymbolValue;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads one tagged binary of {@link DocumentCodec}. Not thread-safe, used once. */
final class TaggedReader {

    private static final int ID_BYTES = 12;
    private static final int TAG_MIN_KEY = 0xFF;
    private static final int TAG_SCOPED_CODE = 15;

    private final SmileNavigator navigator;
    private final int end;
    private final int depth;
    private int position;

    /**
     * @param position where the tag stands
     * @param end the position after the content
     * @param depth the level of the container that the value stands in
     */
    TaggedReader(SmileNavigator navigator, int position, int end, int depth) {
        this.navigator = navigator;
        this.position = position;
        this.end = end;
        this.depth = depth;
    }

    Value read() {
        int tag = tag();
        ValueType type =
                tag == TAG_MIN_KEY
                        ? ValueType.MIN_KEY
                        : ValueType.ofCode(tag).orElseThrow(() -> navigator.damage(position));
        Value value =
                switch (type) {
                    case BINARY -> new BinaryValue(rest(1)[0], rest());
                    case UNDEFINED -> UndefinedValue.INSTANCE;
                    case OBJECT_ID -> ObjectId.ofBytes(rest(ID_BYTES));
                    case DATE -> new DateValue(int64());
                    case REGEX -> new RegexValue(text(rest(int32())), text(rest()));
                    case DB_POINTER -> pointer();
                    case CODE -> new CodeValue(text(rest()));
                    case SYMBOL -> new SymbolValue(text(rest()));
                    case CODE_WITH_SCOPE -> scopedCode();
                    case TIMESTAMP -> new TimestampValue(int32(), int32());
                    case DECIMAL128 -> new Decimal128(int64(), int64());
                    case MIN_KEY -> MinKey.INSTANCE;
                    case MAX_KEY -> MaxKey.INSTANCE;
                    default -> throw navigator.damage(position);
                };
        if (position != end) {
            throw navigator.damage(position);
        }
        return value;
    }

    /** The levels of nesting of the value: that of code counts, and those of its scope. */
    int levels() {
        if (tag() != TAG_SCOPED_CODE) {
            return 0;
        }
        rest(int32());
        return 1 + new SmileNavigator(navigator.bytes(), end).levels(position);
    }

    private int tag() {
        return rest(1)[0] & 0xFF;
    }

    private DbPointerValue pointer() {
        ObjectId id = ObjectId.ofBytes(rest(ID_BYTES));
        return new DbPointerValue(text(rest()), id);
    }

    private CodeWithScopeValue scopedCode() {
        String code = text(rest(int32()));
        SmileNavigator inner = new SmileNavigator(navigator.bytes(), end);
        StoredDocument scope = inner.document(position, depth + 2);
        position = inner.skip(position, depth + 1);
        return new CodeWithScopeValue(code, scope);
    }

    private int int32() {
        return ByteBuffer.wrap(rest(Integer.BYTES)).getInt();
    }

    private long int64() {
        return ByteBuffer.wrap(rest(Long.BYTES)).getLong();
    }

    private byte[] rest() {
        return rest(end - position);
    }

    private byte[] rest(int length) {
        if (length < 0 || length > end - position) {
            throw navigator.damage(position);
        }
        position += length;
        return Arrays.copyOfRange(navigator.bytes(), position - length, position);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
