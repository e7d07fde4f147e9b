package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import io.smilodon.query.predicate.regex.RegexMatcher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keywords about documents. */
final class ObjectKeywords {

    private ObjectKeywords() {}

    static Optional<SchemaRule> count(KeywordOperand operand) {
        return Optional.of(new PropertyCount(operand.count()));
    }

    static Optional<SchemaRule> properties(KeywordOperand operand) {
        return Optional.of(new Properties(operand.subschemasByName()));
    }

    static Optional<SchemaRule> patternProperties(KeywordOperand operand) {
        List<PatternProperties.PatternSchema> patterns = new ArrayList<>();
        operand.subschemasByName()
                .forEach(
                        (pattern, schema) ->
                                patterns.add(
                                        new PatternProperties.PatternSchema(
                                                operand.pattern(pattern), schema)));
        return Optional.of(new PatternProperties(patterns));
    }

    static Optional<SchemaRule> additionalProperties(KeywordOperand operand) {
        Optional<JsonSchema> schema = schemaOrFlag(operand);
        if (schema.isPresent()) {
            return Optional.of(new AdditionalProperties(known(operand), schema.get()));
        }
        return operand.flag()
                ? Optional.empty()
                : Optional.of(new NoAdditionalProperties(known(operand)));
    }

    /** The schema that the value is, if it is no boolean. */
    static Optional<JsonSchema> schemaOrFlag(KeywordOperand operand) {
        return switch (operand.value()) {
            case Document schema -> Optional.of(operand.subschema());
            case BooleanValue flag -> Optional.empty();
            default ->
                    throw operand.place()
                            .wrongType(
                                    operand.named("must be either an object or a boolean"),
                                    operand.value());
        };
    }

    private static KnownProperties known(KeywordOperand operand) {
        Set<String> names = new HashSet<>();
        List<RegexMatcher> patterns = new ArrayList<>();
        names(operand.schema().get("properties")).forEach(names::add);
        names(operand.schema().get("patternProperties"))
                .forEach(pattern -> patterns.add(operand.pattern(pattern)));
        return new KnownProperties(names, patterns);
    }

    private static List<String> names(Value properties) {
        List<String> names = new ArrayList<>();
        if (properties instanceof Document document) {
            document.forEach(field -> names.add(field.name()));
        }
        return names;
    }

    static Optional<SchemaRule> required(KeywordOperand operand) {
        return Optional.of(new Required(new RequiredNames(operand.names(operand.value()))));
    }

    static Optional<SchemaRule> dependencies(KeywordOperand operand) {
        List<Dependencies.Dependency> dependencies = new ArrayList<>();
        SchemaPlace inner = operand.place().nested();
        for (Field field : operand.document()) {
            dependencies.add(dependency(operand, field, inner.child(field.name())));
        }
        return Optional.of(new Dependencies(dependencies));
    }

    private static Dependencies.Dependency dependency(
            KeywordOperand operand, Field field, SchemaPlace place) {
        return switch (field.value()) {
            case Document schema ->
                    new Dependencies.OnSchema(field.name(), SchemaParser.parse(schema, place));
            case ArrayValue names ->
                    new Dependencies.OnNames(field.name(), new RequiredNames(operand.names(names)));
            default ->
                    throw place.wrongType(
                            operand.named("must hold objects and arrays of strings only"),
                            field.value());
        };
    }
}
