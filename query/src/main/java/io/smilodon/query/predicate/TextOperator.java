package io.smilodon.query.predicate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.text.TextLanguage;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code $text}. */
final class TextOperator {

    private static final String SEARCH = "$search";
    private static final String LANGUAGE = "$language";
    private static final String CASE = "$caseSensitive";
    private static final String DIACRITICS = "$diacriticSensitive";
    private static final Set<String> FIELDS = Set.of(SEARCH, LANGUAGE, CASE, DIACRITICS);

    private TextOperator() {}

    static Predicate text(Value operand, FilterContext context) {
        context.requireNotOfElements("$text");
        if (context.subject() != FilterContext.Subject.DOCUMENT) {
            throw context.badValue("$text can only be applied to the top-level document");
        }
        if (!(operand instanceof Document written)) {
            throw context.badValue(
                    "$text expects an object", Map.of("type", operand.type().alias()));
        }
        for (Field field : written) {
            if (!FIELDS.contains(field.name())) {
                throw context.badValue("extra fields in $text", Map.of("field", field.name()));
            }
        }
        context.countText();
        return new Predicate.Whole(
                new TextTest(
                        new TextTest.Request(
                                written,
                                search(written, context),
                                language(written, context),
                                flag(written, CASE, context),
                                flag(written, DIACRITICS, context))));
    }

    private static String search(Document written, FilterContext context) {
        return switch (written.get(SEARCH)) {
            case Missing absent ->
                    throw context.error(
                            ErrorCode.NO_SUCH_KEY, "Missing expected field \"$search\"", Map.of());
            case StringValue text -> text.value();
            case Value other -> throw wrongType(SEARCH, other, context);
        };
    }

    private static Optional<TextLanguage> language(Document written, FilterContext context) {
        return switch (written.get(LANGUAGE)) {
            case Missing absent -> Optional.empty();
            case StringValue name -> {
                Optional<TextLanguage> language = TextLanguage.named(name.value());
                if (!name.value().isEmpty() && language.isEmpty()) {
                    throw context.badValue(
                                    "unsupported language for text index version 3",
                                    Map.of("language", name.value()))
                            .withHint("the languages are " + TextLanguage.names());
                }
                yield language;
            }
            case Value other -> throw wrongType(LANGUAGE, other, context);
        };
    }

    private static boolean flag(Document written, String name, FilterContext context) {
        return switch (written.get(name)) {
            case Missing absent -> false;
            case BooleanValue flag -> flag.value();
            case Value other -> throw wrongType(name, other, context);
        };
    }

    private static RuntimeException wrongType(String field, Value found, FilterContext context) {
        return context.child(field)
                .error(
                        ErrorCode.TYPE_MISMATCH,
                        "field of $text has the wrong type",
                        Map.of(
                                "field",
                                field,
                                "expected",
                                field.equals(CASE) || field.equals(DIACRITICS) ? "bool" : "string",
                                "actual",
                                found.type().alias()));
    }
}
