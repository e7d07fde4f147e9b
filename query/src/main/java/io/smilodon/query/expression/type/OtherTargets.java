package io.smilodon.query.expression.type;

import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.date.DateText;
import io.smilodon.query.value.Text;
import java.util.Optional;

/** Values as dates, object ids, text and UUIDs. */
final class OtherTargets {

    private static final long SECOND_MILLIS = 1_000;

    private OtherTargets() {}

    /** Numbers are milliseconds, but an int has no room for them and is refused. */
    static Optional<Value> toDate(Value value) {
        return switch (value) {
            case DateValue date -> Optional.of(date);
            case Int32Value tooSmall -> Optional.empty();
            case NumberValue number ->
                    NumberTargets.toLong(number).map(millis -> new DateValue(number.toLong()));
            case ObjectId id -> Optional.of(ofSeconds(id.seconds()));
            case TimestampValue timestamp -> Optional.of(ofSeconds(timestamp.seconds()));
            case StringValue text -> Optional.of(DateText.parse(text.value()));
            default -> Optional.empty();
        };
    }

    private static Value ofSeconds(int unsigned) {
        return new DateValue(Integer.toUnsignedLong(unsigned) * SECOND_MILLIS);
    }

    static Optional<Value> toObjectId(Value value) {
        return switch (value) {
            case ObjectId id -> Optional.of(id);
            case StringValue text ->
                    ObjectId.isHex(text.value())
                            ? Optional.of(ObjectId.ofHex(text.value()))
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Binary values as identifiers where they are, else in base 64. */
    static Optional<Value> toText(Value value) {
        return value instanceof BinaryValue binary
                ? BinaryFormat.AUTO.write(binary).map(Value::of)
                : Text.of(value).map(Value::of);
    }

    static Optional<Value> toUuid(Value value) {
        return switch (value) {
            case BinaryValue binary ->
                    Optional.<Value>of(binary)
                            .filter(same -> binary.subtype() == BinaryFormat.UUID_SUBTYPE);
            case StringValue text ->
                    BinaryFormat.UUID
                            .read(text.value())
                            .map(bytes -> new BinaryValue(BinaryFormat.UUID_SUBTYPE, bytes));
            default -> Optional.empty();
        };
    }
}
