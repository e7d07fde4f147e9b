package io.smilodon.database;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Writes queries without their values, as MongoDB's {@code $queryStats} does: for a value stands
 * its type, as {@code "?number"}.
 *
 * @param names makes names unreadable, part by part of a path; or leaves them
 */
record QueryShapeText(UnaryOperator<String> names) {

    /** Operators whose operands are filters. */
    private static final Set<String> LISTS = Set.of("$and", "$or", "$nor");

    private static final Set<String> NESTED = Set.of("$not", "$elemMatch", "$allMatch");
    private static final String NUMBER = "?number";

    /** A filter: {@code {a: {$gt: 1}}} becomes {@code {a: {$gt: "?number"}}}. */
    Document filter(Document filter) {
        DocumentBuilder shape = Document.builder();
        for (Field field : filter) {
            String name = field.name();
            shape.put(isOperator(name) ? name : path(name), operand(name, field.value()));
        }
        return shape.build();
    }

    private Value operand(String name, Value value) {
        if (LISTS.contains(name) && value instanceof ArrayValue filters) {
            return ArrayValue.of(
                    filters.elements().stream().map(each -> filter((Document) each)).toList());
        }
        if (name.equals("$expr")) {
            return expression(value);
        }
        boolean isFilter = !isOperator(name) && isOfOperators(value) || NESTED.contains(name);
        if (isFilter && value instanceof Document inner) {
            return filter(inner);
        }
        return isOperator(name) ? type(value) : Document.of("$eq", type(value));
    }

    private static boolean isOperator(String name) {
        return name.startsWith("$");
    }

    private static boolean isOfOperators(Value value) {
        return value instanceof Document document
                && !document.isEmpty()
                && isOperator(document.iterator().next().name());
    }

    /** An expression or a projection: paths and flags stay. */
    Value expression(Value value) {
        return switch (value) {
            case Document document -> expression(document);
            case ArrayValue array ->
                    ArrayValue.of(array.elements().stream().map(this::expression).toList());
            case StringValue text -> text(text);
            default -> type(value);
        };
    }

    private Value text(StringValue text) {
        if (text.value().startsWith("$$")) {
            return text;
        }
        boolean isPath = isOperator(text.value());
        return isPath ? Value.of("$" + path(text.value().substring(1))) : type(text);
    }

    private Document expression(Document document) {
        DocumentBuilder shape = Document.builder();
        for (Field field : document) {
            String name = isOperator(field.name()) ? field.name() : path(field.name());
            shape.put(name, expression(field.value()));
        }
        return shape.build();
    }

    /** A sort or a projection's flags: values that are part of the shape. */
    Document flags(Document document) {
        DocumentBuilder shape = Document.builder();
        for (Field field : document) {
            boolean isComputed =
                    field.value() instanceof Document || field.value() instanceof StringValue;
            shape.put(path(field.name()), isComputed ? expression(field.value()) : field.value());
        }
        return shape.build();
    }

    String path(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("\\.", -1)) {
            parts.add(names.apply(part));
        }
        return String.join(".", parts);
    }

    private static Value type(Value value) {
        return Value.of(typeText(value));
    }

    private static String typeText(Value value) {
        return switch (value) {
            case NumberValue number -> NUMBER;
            case ArrayValue array -> arrayText(array);
            default -> "?" + value.type().alias();
        };
    }

    private static String arrayText(ArrayValue array) {
        Set<String> types = new TreeSet<>();
        array.forEach(element -> types.add(typeText(element)));
        return switch (types.size()) {
            case 0 -> "[]";
            case 1 -> "?array<" + types.iterator().next() + ">";
            default -> "?array<>";
        };
    }
}
