package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A second, slow reading of schemas as written, to compare the real one with. */
final class NaiveSchema {

    private NaiveSchema() {}

    static boolean accepts(Document schema, Value value) {
        for (Field keyword : schema) {
            if (!holds(keyword.name(), keyword.value(), schema, value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(String keyword, Value operand, Document schema, Value value) {
        return switch (keyword) {
            case "type" -> isOfType(value, text(operand));
            case "enum" -> elements(operand).stream().anyMatch(each -> isEqual(each, value));
            case "allOf" -> accepting(operand, value) == elements(operand).size();
            case "anyOf" -> accepting(operand, value) > 0;
            case "oneOf" -> accepting(operand, value) == 1;
            case "not" -> !accepts((Document) operand, value);
            default ->
                    switch (value) {
                        case NumberValue number -> ofNumber(keyword, operand, schema, number);
                        case StringValue string -> ofString(keyword, operand, string.value());
                        case ArrayValue array ->
                                ofArray(keyword, operand, schema, array.elements());
                        case Document document -> ofDocument(keyword, operand, schema, document);
                        default -> true;
                    };
        };
    }

    private static boolean ofNumber(
            String keyword, Value operand, Document schema, NumberValue number) {
        double value = number.toDouble();
        return switch (keyword) {
            case "minimum" ->
                    isTrue(schema.get("exclusiveMinimum"))
                            ? value > number(operand)
                            : value >= number(operand);
            case "maximum" -> value <= number(operand);
            default -> true;
        };
    }

    private static boolean ofString(String keyword, Value operand, String value) {
        return switch (keyword) {
            case "minLength" -> value.length() >= number(operand);
            case "maxLength" -> value.length() <= number(operand);
            case "pattern" -> Pattern.compile(text(operand)).matcher(value).find();
            default -> true;
        };
    }

    private static boolean ofArray(
            String keyword, Value operand, Document schema, List<Value> value) {
        return switch (keyword) {
            case "minItems" -> value.size() >= number(operand);
            case "maxItems" -> value.size() <= number(operand);
            case "uniqueItems" -> !isTrue(operand) || !hasEquals(value);
            case "items" -> items(operand, value);
            case "additionalItems" -> {
                int start = elements(schema.get("items")).size();
                yield !(schema.get("items") instanceof ArrayValue)
                        || start >= value.size()
                        || value.subList(start, value.size()).stream()
                                .allMatch(each -> isAllowed(operand, each));
            }
            default -> true;
        };
    }

    private static boolean items(Value operand, List<Value> value) {
        for (int i = 0; i < value.size(); i++) {
            if (operand instanceof Document schema && !accepts(schema, value.get(i))) {
                return false;
            }
            if (operand instanceof ArrayValue schemas
                    && i < schemas.size()
                    && !accepts((Document) schemas.get(i), value.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean ofDocument(
            String keyword, Value operand, Document schema, Document value) {
        return switch (keyword) {
            case "minProperties" -> value.size() >= number(operand);
            case "maxProperties" -> value.size() <= number(operand);
            case "required" -> elements(operand).stream().allMatch(name -> value.has(text(name)));
            case "dependencies" -> dependencies((Document) operand, value);
            case "properties", "patternProperties" -> {
                List<Field> all = fields(value);
                yield all.stream().allMatch(field -> property(keyword, operand, field));
            }
            case "additionalProperties" ->
                    fields(value).stream()
                            .filter(field -> isAdditional(schema, field.name()))
                            .allMatch(field -> isAllowed(operand, field.value()));
            default -> true;
        };
    }

    private static boolean property(String keyword, Value schemas, Field field) {
        return fields(schemas).stream()
                .filter(each -> isMeant(keyword, each.name(), field.name()))
                .allMatch(each -> accepts((Document) each.value(), field.value()));
    }

    private static boolean isMeant(String keyword, String written, String name) {
        return keyword.equals("properties")
                ? written.equals(name)
                : Pattern.compile(written).matcher(name).find();
    }

    private static boolean isAdditional(Document schema, String name) {
        for (String keyword : List.of("properties", "patternProperties")) {
            for (Field field : fields(schema.get(keyword))) {
                if (isMeant(keyword, field.name(), name)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean dependencies(Document dependencies, Document value) {
        for (Field field : dependencies) {
            boolean holds =
                    field.value() instanceof Document schema
                            ? accepts(schema, value)
                            : elements(field.value()).stream().allMatch(n -> value.has(text(n)));
            if (value.has(field.name()) && !holds) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowed(Value schemaOrFlag, Value value) {
        return schemaOrFlag instanceof Document schema
                ? accepts(schema, value)
                : isTrue(schemaOrFlag);
    }

    private static long accepting(Value schemas, Value value) {
        return elements(schemas).stream().filter(s -> accepts((Document) s, value)).count();
    }

    private static boolean isOfType(Value value, String type) {
        return switch (type) {
            case "number" -> value instanceof NumberValue;
            case "string" -> value instanceof StringValue;
            case "object" -> value instanceof Document;
            case "array" -> value instanceof ArrayValue;
            default -> value instanceof NullValue;
        };
    }

    private static boolean hasEquals(List<Value> values) {
        for (int i = 0; i < values.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (isEqual(values.get(i), values.get(j))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isEqual(Value left, Value right) {
        if (left instanceof NumberValue one && right instanceof NumberValue other) {
            return one.toDouble() == other.toDouble();
        }
        if (left instanceof Document one && right instanceof Document other) {
            return one.size() == other.size()
                    && fields(one).stream().allMatch(f -> isEqual(f.value(), other.get(f.name())));
        }
        if (left instanceof ArrayValue one && right instanceof ArrayValue other) {
            boolean isEqual = one.size() == other.size();
            for (int i = 0; isEqual && i < one.size(); i++) {
                isEqual = isEqual(one.get(i), other.get(i));
            }
            return isEqual;
        }
        return left.equals(right);
    }

    private static List<Field> fields(Value value) {
        List<Field> fields = new ArrayList<>();
        if (value != Missing.INSTANCE) {
            ((Document) value).forEach(fields::add);
        }
        return fields;
    }

    private static List<Value> elements(Value value) {
        return value instanceof ArrayValue array ? array.elements() : List.of();
    }

    private static boolean isTrue(Value value) {
        return value instanceof BooleanValue flag && flag.value();
    }

    private static double number(Value value) {
        return ((NumberValue) value).toDouble();
    }

    private static String text(Value value) {
        return ((StringValue) value).value();
    }
}
