package io.smilodon.rest.graphql;

import graphql.schema.GraphQLScalarType;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.predicate.PredicateParser;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The scalar types that documents need beside GraphQL's own. */
final class ScalarTypes {

    /** Every one of them; a schema may use them without declaring them. */
    static final List<GraphQLScalarType> ALL =
            List.of(
                    type(
                            "ObjectId",
                            "24 hexadecimal digits",
                            new ScalarCoercing(ScalarTypes::hex, ScalarTypes::objectId)),
                    type(
                            "DateTime",
                            "An instant as 2026-01-31T12:00:00Z; also taken as milliseconds",
                            new ScalarCoercing(ScalarTypes::isoText, ScalarTypes::instant)),
                    type(
                            "Date",
                            "The same as DateTime",
                            new ScalarCoercing(ScalarTypes::isoText, ScalarTypes::instant)),
                    type(
                            "Decimal128",
                            "A decimal number of 34 digits, as a string",
                            new ScalarCoercing(ScalarTypes::decimalText, ScalarTypes::decimal)),
                    type(
                            "Long",
                            "A whole number of 64 bits",
                            new ScalarCoercing(ScalarTypes::whole, ScalarTypes::whole)),
                    type(
                            "JSON",
                            "Any value, as Extended JSON",
                            new ScalarCoercing(Optional::of, Optional::of)),
                    type(
                            "JSONObject",
                            "An object, or a string that holds one, as Extended JSON",
                            new ScalarCoercing(ScalarTypes::object, ScalarTypes::object)),
                    type(
                            "BsonDocument",
                            "The same as JSONObject",
                            new ScalarCoercing(ScalarTypes::object, ScalarTypes::object)),
                    type(
                            "Filter",
                            "MongoDB's filter: an object, or a string that holds one. GraphQL has no"
                                    + " $ in names: {year: {_gte: 1990}} is {year: {$gte: 1990}}",
                            new ScalarCoercing(ScalarTypes::object, ScalarTypes::filter)),
                    type(
                            "Update",
                            "MongoDB's update: an object, a pipeline, or a string that holds one;"
                                    + " {_set: {year: 1990}} is {$set: {year: 1990}}",
                            new ScalarCoercing(Optional::of, ScalarTypes::update)));

    private static final Set<String> UPDATE_MODIFIERS =
            Set.of("_each", "_position", "_slice", "_sort");

    private ScalarTypes() {}

    private static GraphQLScalarType type(String name, String meaning, ScalarCoercing coercing) {
        return GraphQLScalarType.newScalar()
                .name(name)
                .description(meaning)
                .coercing(coercing)
                .build();
    }

    private static Optional<Value> hex(Value value) {
        return value instanceof ObjectId id ? Optional.of(Value.of(id.toHex())) : Optional.empty();
    }

    private static Optional<Value> objectId(Value value) {
        return switch (value) {
            case ObjectId id -> Optional.of(id);
            case StringValue text ->
                    ObjectId.isHex(text.value())
                            ? Optional.of(ObjectId.ofHex(text.value()))
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Value> isoText(Value value) {
        return value instanceof DateValue date
                ? Optional.of(Value.of(Instant.ofEpochMilli(date.epochMillis()).toString()))
                : Optional.empty();
    }

    private static Optional<Value> instant(Value value) {
        return switch (value) {
            case DateValue date -> Optional.of(date);
            case StringValue text -> parsedInstant(text.value());
            case NumberValue number ->
                    number.isIntegral()
                            ? Optional.of(new DateValue(number.toLong()))
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Value> parsedInstant(String text) {
        try {
            return Optional.of(new DateValue(Instant.parse(text).toEpochMilli()));
        } catch (DateTimeParseException | ArithmeticException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<Value> decimalText(Value value) {
        return decimal(value).map(decimal -> Value.of(decimal.toString()));
    }

    private static Optional<Value> decimal(Value value) {
        try {
            return switch (value) {
                case Decimal128 decimal -> Optional.of(decimal);
                case StringValue text -> Optional.of(Decimal128.parse(text.value()));
                case NumberValue number ->
                        Optional.of(
                                number.isIntegral()
                                        ? Decimal128.of(BigDecimal.valueOf(number.toLong()))
                                        : Decimal128.parse(Double.toString(number.toDouble())));
                default -> Optional.empty();
            };
        } catch (SmilodonException | NumberFormatException | ArithmeticException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<Value> whole(Value value) {
        if (value instanceof NumberValue number && number.isIntegral()) {
            return Optional.of(Value.of(number.toLong()));
        }
        if (value instanceof StringValue text && text.value().matches("-?[0-9]{1,18}")) {
            return Optional.of(Value.of(Long.parseLong(text.value())));
        }
        return Optional.empty();
    }

    private static Optional<Value> object(Value value) {
        return switch (value) {
            case Document document -> Optional.of(document);
            case StringValue text -> parsedObject(text.value());
            default -> Optional.empty();
        };
    }

    private static Optional<Value> parsedObject(String json) {
        try {
            return Optional.of(ExtendedJson.readDocument(json));
        } catch (SmilodonException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<Value> filter(Value value) {
        return object(value).map(object -> withOperators(object, false));
    }

    /**
     * The filter that is meant.
     *
     * @param isUnderField whether the value stands under a field's name
     */
    private static Value withOperators(Value value, boolean isUnderField) {
        return switch (value) {
            case Document document -> {
                DocumentBuilder builder = Document.builder();
                for (Field field : document) {
                    String name = operator(field.name(), isUnderField);
                    boolean isRoot = !isUnderField && PredicateParser.hasRootOperator(name);
                    builder.put(name, withOperators(field.value(), !isRoot));
                }
                yield builder.build();
            }
            case ArrayValue array ->
                    ArrayValue.of(
                            array.elements().stream()
                                    .map(element -> withOperators(element, isUnderField))
                                    .toList());
            default -> value;
        };
    }

    private static String operator(String name, boolean isUnderField) {
        if (!name.startsWith("_")) {
            return name;
        }
        String meant = "$" + name.substring(1);
        boolean isOperator =
                PredicateParser.hasRootOperator(meant)
                        || (isUnderField && PredicateParser.isLikeOperator(meant));
        return isOperator ? meant : name;
    }

    private static Optional<Value> update(Value value) {
        return switch (value) {
            case ArrayValue pipeline -> Optional.of(pipeline);
            case StringValue text ->
                    text.value().stripLeading().startsWith("[")
                            ? parsedArray(text.value())
                            : parsedObject(text.value());
            default -> object(value).map(object -> withUpdateOperators(object, true));
        };
    }

    private static Optional<Value> parsedArray(String json) {
        try {
            return Optional.of(ExtendedJson.readArray(json));
        } catch (SmilodonException malformed) {
            return Optional.empty();
        }
    }

    private static Value withUpdateOperators(Value value, boolean isTop) {
        if (!(value instanceof Document document)) {
            return value;
        }
        DocumentBuilder builder = Document.builder();
        for (Field field : document) {
            String name = field.name();
            boolean isOperator = isTop ? name.startsWith("_") : UPDATE_MODIFIERS.contains(name);
            builder.put(
                    isOperator ? "$" + name.substring(1) : name,
                    withUpdateOperators(field.value(), false));
        }
        return builder.build();
    }
}
