package io.smilodon.query.predicate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.predicate.FieldOperator.Operand;
import io.smilodon.query.predicate.regex.RegexMatcher;
import java.util.Map;

/** {@code $regex} with {@code $options}, and regular expressions as values. */
final class RegexOperators {

    private static final ErrorCode OPTIONS_TWICE = ErrorCode.location(51075);

    private RegexOperators() {}

    static Condition regex(Operand operand) {
        FilterContext context = operand.context();
        Value options = operand.operators().get("$options");
        return switch (operand.value()) {
            case StringValue pattern ->
                    Condition.of(compile(pattern.value(), text(options, context), context));
            case RegexValue regex -> {
                if (options != Missing.INSTANCE && !regex.options().isEmpty()) {
                    throw context.error(
                            OPTIONS_TWICE, "options set in both $regex and $options", Map.of());
                }
                yield Condition.of(
                        compile(
                                regex.pattern(),
                                regex.options() + text(options, context),
                                context));
            }
            default ->
                    throw context.badValue(
                            "$regex has to be a string",
                            Map.of("type", operand.value().type().alias()));
        };
    }

    private static String text(Value options, FilterContext context) {
        return switch (options) {
            case Missing none -> "";
            case StringValue text -> text.value();
            default ->
                    throw context.badValue(
                            "$options has to be a string", Map.of("type", options.type().alias()));
        };
    }

    /** {@code $options} is read by {@code $regex}; alone it means nothing. */
    static Condition options(Operand operand) {
        if (!operand.operators().has("$regex")) {
            throw operand.context().badValue("$options needs a $regex");
        }
        return Condition.none();
    }

    static MatchesRegex literal(RegexValue regex, FilterContext context) {
        return compile(regex.pattern(), regex.options(), context);
    }

    private static MatchesRegex compile(String pattern, String options, FilterContext context) {
        try {
            return new MatchesRegex(RegexMatcher.compile(pattern, options));
        } catch (SmilodonException error) {
            throw context.located(error);
        }
    }
}
