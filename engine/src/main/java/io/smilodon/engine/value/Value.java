package io.smilodon.engine.value;

/**
 * One value of a document: every BSON type, and {@link Missing} for an absent field. Values are
 * immutable and safe to share. {@code equals} is exact (type and representation); whether two
 * values count as equal in a query is decided by {@link ValueOrder}.
 */
public sealed interface Value
        permits ArrayValue,
                BinaryValue,
                BooleanValue,
                CodeValue,
                CodeWithScopeValue,
                DateValue,
                DbPointerValue,
                Document,
                MaxKey,
                MinKey,
                Missing,
                NullValue,
                NumberValue,
                ObjectId,
                RegexValue,
                StringValue,
                SymbolValue,
                TimestampValue,
                UndefinedValue {

    ValueType type();

    default TypeRank rank() {
        return type().rank();
    }

    /** Whether this is {@link Missing}, null or undefined, which most operators treat alike. */
    default boolean isNullish() {
        return this instanceof Missing
                || this instanceof NullValue
                || this instanceof UndefinedValue;
    }

    static Value of(boolean value) {
        return value ? BooleanValue.TRUE : BooleanValue.FALSE;
    }

    static Value of(int value) {
        return new Int32Value(value);
    }

    static Value of(long value) {
        return new Int64Value(value);
    }

    static Value of(double value) {
        return new DoubleValue(value);
    }

    static Value of(String value) {
        return new StringValue(value);
    }
}
