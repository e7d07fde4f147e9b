package io.smilodon.query.expression.string;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.CompoundExpression;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.Literal;
import io.smilodon.query.expression.NamedOperands;
import io.smilodon.query.predicate.regex.RegexMatcher;
import java.util.List;
import java.util.Optional;

/**
 * {@code {$regexMatch: {input: <string>, regex: <pattern>, options: <string>}}}: whether the
 * pattern is found. With null or missing it is false.
 */
record RegexFound(
        Expression input, Expression regex, Expression options, Optional<RegexMatcher> constant)
        implements CompoundExpression {

    private static final String NAME = "$regexMatch";
    private static final NamedOperands PARTS =
            NamedOperands.of(ErrorCode.location(51103), ErrorCode.location(31024))
                    .required("input", ErrorCode.location(31022))
                    .required("regex", ErrorCode.location(31023))
                    .optional("options");

    static Expression parse(Value operand, ExpressionScope scope) {
        Document parts = PARTS.check(operand, scope);
        Expression regex = scope.parse("regex", parts.get("regex"));
        Expression options =
                parts.has("options")
                        ? scope.parse("options", parts.get("options"))
                        : new Literal(Missing.INSTANCE);
        Optional<RegexMatcher> constant =
                regex instanceof Literal pattern && options instanceof Literal flags
                        ? matcher(pattern.value(), flags.value())
                        : Optional.empty();
        return new RegexFound(scope.parse("input", parts.get("input")), regex, options, constant);
    }

    @Override
    public Value evaluate(EvaluationContext context) {
        Value text = input.evaluate(context);
        if (text.isNullish()) {
            return Value.of(false);
        }
        String subject = Strings.require(text, 51104, NAME);
        Optional<RegexMatcher> matcher =
                constant.isPresent()
                        ? constant
                        : matcher(regex.evaluate(context), options.evaluate(context));
        return Value.of(matcher.isPresent() && matcher.get().isFoundIn(subject));
    }

    private static Optional<RegexMatcher> matcher(Value pattern, Value options) {
        String flags = options.isNullish() ? "" : Strings.require(options, 51106, NAME);
        return switch (pattern) {
            case StringValue text -> Optional.of(RegexMatcher.compile(text.value(), flags));
            case RegexValue found -> {
                if (!flags.isEmpty() && !found.options().isEmpty()) {
                    throw Strings.error(
                            51107, "found regex options both in options and regex", NAME, options);
                }
                yield Optional.of(RegexMatcher.compile(found.pattern(), found.options() + flags));
            }
            default -> {
                if (!pattern.isNullish()) {
                    throw Strings.error(
                            51105, "regex must be either a string or a regex", NAME, pattern);
                }
                yield Optional.empty();
            }
        };
    }

    @Override
    public List<Expression> operands() {
        return List.of(input, regex, options);
    }
}
