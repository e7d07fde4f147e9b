package io.smilodon.query.predicate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Dialect;
import io.smilodon.query.predicate.FieldOperator.Operand;
import io.smilodon.query.predicate.regex.RegexMatcher;
import java.util.Map;

/** {@code $regex} with {@code $options}, {@code $beginsWith}, and regular expressions as values. */
final class RegexOperators {

    private static final ErrorCode OPTIONS_BEFORE = ErrorCode.location(51074);
    private static final ErrorCode OPTIONS_AFTER = ErrorCode.location(51075);

    private RegexOperators() {}

    static Condition regex(Operand operand) {
        FilterContext context = operand.context();
        Value options = operand.operators().get("$options");
        return switch (operand.value()) {
            case StringValue pattern ->
                    Condition.of(compile(pattern.value(), text(options, context), context));
            case RegexValue regex -> {
                if (!regex.options().isEmpty()) {
                    requireNoOptions(operand, options);
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

    /** Empty ones are refused too where they come second, as in MongoDB. */
    private static void requireNoOptions(Operand operand, Value options) {
        boolean isBefore = isOptionsFirst(operand.operators());
        boolean isAllowed =
                isBefore && options instanceof StringValue text && text.value().isEmpty();
        if (options != Missing.INSTANCE && !isAllowed) {
            throw operand.context()
                    .error(
                            isBefore ? OPTIONS_BEFORE : OPTIONS_AFTER,
                            "options set in both $regex and $options",
                            Map.of());
        }
    }

    private static boolean isOptionsFirst(Document operators) {
        for (Field field : operators) {
            if (field.name().equals("$regex")) {
                return false;
            }
            if (field.name().equals("$options")) {
                return true;
            }
        }
        return false;
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

    static Condition beginsWith(Operand operand) {
        if (!(operand.value() instanceof StringValue prefix)) {
            throw operand.context()
                    .badValue(
                            "$beginsWith has to be a string",
                            Map.of("type", operand.value().type().alias()));
        }
        if (prefix.value().codePoints().anyMatch(RegexOperators::isHalfACharacter)) {
            throw operand.context().badValue("$beginsWith has to be of whole characters");
        }
        return Condition.of(new BeginsWith(prefix.value()));
    }

    private static boolean isHalfACharacter(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    static MatchesRegex literal(RegexValue regex, FilterContext context) {
        Dialect.check("$regex", context.location()); // written another way
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
