package io.smilodon.query.expression.type;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueType;
import io.smilodon.query.expression.CompoundExpression;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.NamedOperands;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code {$convert: {input, to, format, onError, onNull}}}: the value in another type. Of null and
 * missing it is {@code onNull}, or null; what has no such form is {@code onError}, or error 241.
 */
record ConvertOperator(
        Expression input,
        Expression to,
        Expression format,
        Optional<Expression> onError,
        Expression onNull)
        implements CompoundExpression {

    private static final NamedOperands PARTS =
            NamedOperands.of(ErrorCode.FAILED_TO_PARSE, ErrorCode.FAILED_TO_PARSE)
                    .required("input", ErrorCode.FAILED_TO_PARSE)
                    .required("to", ErrorCode.FAILED_TO_PARSE)
                    .optional("format")
                    .optional("onError")
                    .optional("onNull");

    static Expression parse(Value operand, ExpressionScope scope) {
        Document parts = PARTS.check(operand, scope);
        return new ConvertOperator(
                scope.parse("input", parts.get("input")),
                scope.parse("to", parts.get("to")),
                scope.parseOr("format", parts, NullValue.INSTANCE),
                scope.parseIfWritten("onError", parts),
                scope.parseOr("onNull", parts, NullValue.INSTANCE));
    }

    /** Only failures of the conversion itself lead to {@code onError}. */
    @Override
    public Value evaluate(EvaluationContext context) {
        Optional<Wanted> wanted = Wanted.find(to.evaluate(context));
        Value value = input.evaluate(context);
        Optional<BinaryFormat> binaryFormat = BinaryFormat.find(format.evaluate(context));
        if (value.isNullish()) {
            return onNull.evaluate(context);
        }
        if (wanted.isEmpty()) {
            return NullValue.INSTANCE;
        }
        try {
            return convert(value, wanted.get(), binaryFormat);
        } catch (SmilodonException e) {
            if (onError.isEmpty() || !e.code().equals(ErrorCode.CONVERSION_FAILURE)) {
                throw e;
            }
            return onError.get().evaluate(context);
        }
    }

    private static Value convert(Value value, Wanted wanted, Optional<BinaryFormat> format) {
        if (wanted.type() == ValueType.BINARY) {
            return toBinary(value, wanted, format);
        }
        if (wanted.type() == ValueType.STRING && value instanceof BinaryValue binary) {
            return required(format, value, wanted)
                    .write(binary)
                    .map(Value::of)
                    .orElseThrow(() -> Target.failure(value, wanted.type()));
        }
        return Target.of(wanted.type())
                .orElseThrow(() -> Target.failure(value, wanted.type()))
                .convert(value);
    }

    private static Value toBinary(Value value, Wanted wanted, Optional<BinaryFormat> format) {
        if (value instanceof BinaryValue binary && binary.subtype() == wanted.subtype()) {
            return binary;
        }
        if (!(value instanceof StringValue text)) {
            throw Target.failure(value, wanted.type());
        }
        BinaryFormat written = required(format, value, wanted);
        boolean isUuid = wanted.subtype() == BinaryFormat.UUID_SUBTYPE;
        return Optional.of(text.value())
                .filter(string -> isUuid == (written == BinaryFormat.UUID))
                .flatMap(written::read)
                .map(bytes -> new BinaryValue(wanted.subtype(), bytes))
                .orElseThrow(() -> Target.failure(value, wanted.type()));
    }

    private static BinaryFormat required(
            Optional<BinaryFormat> format, Value value, Wanted wanted) {
        return format.orElseThrow(
                () ->
                        new SmilodonException(
                                ErrorCode.location(4341115),
                                "Format must be specified when converting between string and"
                                        + " binData",
                                Map.of(
                                        "from", value.type().alias(),
                                        "to", wanted.type().alias())));
    }

    @Override
    public List<Expression> operands() {
        return Stream.concat(Stream.of(input, to, format, onNull), onError.stream()).toList();
    }
}
