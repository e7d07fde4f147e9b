package io.smilodon.query.expression.string;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.BinaryExpression;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionFactory;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.Literal;
import io.smilodon.query.expression.NamedOperands;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code {$trim: {input: <string>, chars: <string>}}}, {@code $ltrim} and {@code $rtrim}: the
 * string without any of those characters, white space unless they are given, at its ends. Of null
 * it is null. Takes time in proportion to both lengths, not to their product.
 */
record Trim(Expression left, Expression right, boolean atStart, boolean atEnd)
        implements BinaryExpression {

    private static final NamedOperands PARTS =
            NamedOperands.of(ErrorCode.location(50696), ErrorCode.location(50694))
                    .required("input", ErrorCode.location(50695))
                    .optional("chars");

    private static final Set<Integer> WHITE_SPACE =
            ("\0 \t\n\u000B\f\r\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
                            + "\u2008\u2009\u200A")
                    .chars()
                    .boxed()
                    .collect(Collectors.toUnmodifiableSet());

    static ExpressionFactory factory(boolean atStart, boolean atEnd) {
        return (operand, scope) -> parse(operand, scope, atStart, atEnd);
    }

    private static Expression parse(
            Value operand, ExpressionScope scope, boolean atStart, boolean atEnd) {
        Document parts = PARTS.check(operand, scope);
        Expression chars =
                parts.has("chars")
                        ? scope.parse("chars", parts.get("chars"))
                        : new Literal(Missing.INSTANCE);
        return new Trim(scope.parse("input", parts.get("input")), chars, atStart, atEnd);
    }

    @Override
    public Value apply(Value input, Value chars) {
        boolean isDefault = right instanceof Literal given && given.value() == Missing.INSTANCE;
        if (input.isNullish()) {
            return NullValue.INSTANCE;
        }
        String text = Strings.require(input, 50699, operator());
        if (chars.isNullish() && !isDefault) {
            return NullValue.INSTANCE;
        }
        return Value.of(trimmed(text, isDefault ? WHITE_SPACE : set(chars)));
    }

    private String operator() {
        if (!atEnd) {
            return "$ltrim";
        }
        return atStart ? "$trim" : "$rtrim";
    }

    private Set<Integer> set(Value chars) {
        return Strings.require(chars, 50700, operator())
                .codePoints()
                .boxed()
                .collect(Collectors.toSet());
    }

    private String trimmed(String text, Set<Integer> unwanted) {
        int start = 0;
        int end = text.length();
        while (atStart && start < end && unwanted.contains(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (atEnd && start < end && unwanted.contains(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }
}
