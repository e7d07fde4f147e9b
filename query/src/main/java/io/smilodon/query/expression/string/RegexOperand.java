package io.smilodon.query.expression.string;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.Literal;
import io.smilodon.query.expression.NamedOperands;
import io.smilodon.query.predicate.regex.RegexMatcher;
import java.util.List;
import java.util.Optional;

/**
 * What the operators of regular expressions take: {@code {input: <string>, regex: <pattern>,
 * options: <string>}}.
 *
 * @param constant what a constant pattern compiles to
 */
record RegexOperand(
        String operator, List<Expression> expressions, Optional<RegexMatcher> constant) {

    private static final int BAD_PATTERN = 51091;
    private static final NamedOperands PARTS =
            NamedOperands.of(ErrorCode.location(51103), ErrorCode.location(31024))
                    .required("input", ErrorCode.location(31022))
                    .required("regex", ErrorCode.location(31023))
                    .optional("options");

    RegexOperand {
        expressions = List.copyOf(expressions);
    }

    static RegexOperand parse(Value operand, ExpressionScope scope) {
        Document parts = PARTS.check(operand, scope);
        Expression input = scope.parse("input", parts.get("input"));
        Expression regex = scope.parse("regex", parts.get("regex"));
        Expression options =
                parts.has("options")
                        ? scope.parse("options", parts.get("options"))
                        : new Literal(Missing.INSTANCE);
        Optional<RegexMatcher> constant =
                regex instanceof Literal pattern && options instanceof Literal flags
                        ? matcher(pattern.value(), flags.value(), scope.operator())
                        : Optional.empty();
        return new RegexOperand(scope.operator(), List.of(input, regex, options), constant);
    }

    /** The pattern and the text to look for it in; neither if one of them is null or missing. */
    Optional<Search> search(EvaluationContext context) {
        Optional<RegexMatcher> matcher = matcher(context);
        Value input = expressions.get(0).evaluate(context);
        if (input.isNullish()) {
            return Optional.empty();
        }
        String text = Strings.require(input, 51104, operator);
        return matcher.map(found -> new Search(found, text));
    }

    /** A pattern and a text. */
    record Search(RegexMatcher matcher, String text) {}

    private Optional<RegexMatcher> matcher(EvaluationContext context) {
        if (constant.isPresent()) {
            return constant;
        }
        Value regex = expressions.get(1).evaluate(context);
        return matcher(regex, expressions.get(2).evaluate(context), operator);
    }

    private static Optional<RegexMatcher> matcher(Value regex, Value options, String operator) {
        String flags = options.isNullish() ? "" : Strings.require(options, 51106, operator);
        return switch (regex) {
            case StringValue text -> Optional.of(compiled(text.value(), flags, operator));
            case RegexValue found -> {
                if (!options.isNullish() && !found.options().isEmpty()) {
                    throw Strings.error(
                            51107,
                            "found regex options both in options and regex",
                            operator,
                            options);
                }
                yield Optional.of(compiled(found.pattern(), found.options() + flags, operator));
            }
            default -> {
                if (!regex.isNullish()) {
                    throw Strings.error(
                            51105, "regex must be either a string or a regex", operator, regex);
                }
                yield Optional.empty();
            }
        };
    }

    private static RegexMatcher compiled(String pattern, String flags, String operator) {
        requireNoNull(pattern, 51109, operator);
        requireNoNull(flags, 51110, operator);
        try {
            return RegexMatcher.compile(pattern, flags);
        } catch (SmilodonException e) {
            if (e.code().number() != BAD_PATTERN) {
                throw e;
            }
            throw new SmilodonException(ErrorCode.location(51111), e.template(), e.details(), e);
        }
    }

    private static void requireNoNull(String text, int code, String operator) {
        if (text.indexOf('\0') >= 0) {
            throw Strings.error(
                    code,
                    "regular expression and options cannot contain an embedded null byte",
                    operator,
                    Value.of(text));
        }
    }
}
