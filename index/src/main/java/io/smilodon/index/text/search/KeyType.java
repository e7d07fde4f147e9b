package io.smilodon.index.text.search;

import io.smilodon.engine.codec.KeyCodec;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.SortedNumericDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;

/** Values as they are, for exact matches, ranges, sorts and facets. */
enum KeyType implements FieldType {
    BOOLEAN {
        @Override
        boolean takes(Value value) {
            return value instanceof BooleanValue;
        }
    },
    DATE {
        @Override
        boolean takes(Value value) {
            return value instanceof DateValue;
        }
    },
    NULL {
        @Override
        boolean takes(Value value) {
            return value instanceof NullValue;
        }
    },
    NUMBER {
        @Override
        boolean takes(Value value) {
            return value instanceof NumberValue;
        }
    },
    INTEGER {
        @Override
        boolean takes(Value value) {
            return value instanceof NumberValue number && number.isIntegral();
        }
    },
    FRACTION {
        @Override
        boolean takes(Value value) {
            return value instanceof NumberValue number && !number.isIntegral();
        }
    },
    OBJECT_ID {
        @Override
        boolean takes(Value value) {
            return value instanceof ObjectId;
        }
    },
    /** Whole strings. */
    TOKEN {
        @Override
        boolean takes(Value value) {
            return value instanceof StringValue text && text.value().length() <= TOKEN_CHARS_MAX;
        }
    },
    /** Whole strings in lower case. */
    LOWERCASE_TOKEN {
        @Override
        boolean takes(Value value) {
            return TOKEN.takes(value);
        }

        @Override
        Value normalized(Value value) {
            return value instanceof StringValue text
                    ? Value.of(text.value().toLowerCase(Locale.ROOT))
                    : value;
        }
    },
    UUID {
        @Override
        boolean takes(Value value) {
            return value instanceof BinaryValue binary && binary.subtype() == UUID_SUBTYPE;
        }
    };

    /** MongoDB's limit on strings as tokens. */
    static final int TOKEN_CHARS_MAX = 8_181;

    private static final int UUID_SUBTYPE = 4;

    abstract boolean takes(Value value);

    /** The value that stands for others that count as the same. */
    Value normalized(Value value) {
        return value;
    }

    /** The bytes of a value; they sort like the values. */
    static BytesRef key(Value value) {
        return new BytesRef(KeyCodec.encode(value));
    }

    /** The value that has these bytes. */
    static Value value(BytesRef key) {
        return KeyCodec.decode(Arrays.copyOfRange(key.bytes, key.offset, key.offset + key.length));
    }

    @Override
    public void index(String path, Value value, Consumer<IndexableField> fields) {
        if (!takes(value)) {
            return;
        }
        String name = FieldNames.keys(path);
        BytesRef key = key(normalized(value));
        fields.accept(new StringField(name, key, Field.Store.NO));
        fields.accept(new SortedSetDocValuesField(name, key));
        if (value instanceof NumberValue number) {
            fields.accept(number(FieldNames.numbers(path), number.toDouble()));
        } else if (value instanceof DateValue date) {
            fields.accept(number(FieldNames.dates(path), date.epochMillis()));
        }
    }

    private static IndexableField number(String name, double number) {
        return new SortedNumericDocValuesField(name, NumericUtils.doubleToSortableLong(number));
    }
}
