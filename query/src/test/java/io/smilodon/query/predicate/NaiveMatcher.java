package io.smilodon.query.predicate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.MaxKey;
import io.smilodon.engine.value.MinKey;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A second, slow reading of the filter language to compare the real one with: it works on the
 * filter as written, and lists every value that a path leads to before it looks at any.
 */
final class NaiveMatcher {

    private NaiveMatcher() {}

    /**
     * What a path leads to.
     *
     * @param whole the values at its end
     * @param all those and, where the path allows it, the elements of arrays among them
     */
    private record Found(List<Value> whole, List<Value> all) {

        static Found one(Value value) {
            return new Found(List.of(value), List.of(value));
        }
    }

    static boolean matches(Document filter, Document document) {
        for (Field field : filter) {
            boolean holds =
                    switch (field.name()) {
                        case "$and" -> count(field.value(), document) == size(field.value());
                        case "$or" -> count(field.value(), document) > 0;
                        case "$nor" -> count(field.value(), document) == 0;
                        default -> condition(field.value(), find(document, field.name()));
                    };
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    private static int count(Value filters, Document document) {
        int count = 0;
        for (Value filter : (ArrayValue) filters) {
            count += matches((Document) filter, document) ? 1 : 0;
        }
        return count;
    }

    private static int size(Value filters) {
        return ((ArrayValue) filters).size();
    }

    private static Found find(Document document, String path) {
        List<Value> whole = new ArrayList<>();
        List<Value> all = new ArrayList<>();
        walk(document, path, new Found(whole, all));
        return new Found(whole, all);
    }

    private static void walk(Document document, String path, Found found) {
        int dot = path.indexOf('.');
        if (dot >= 0) {
            descend(document.get(path.substring(0, dot)), path.substring(dot + 1), found);
            return;
        }
        Value value = document.get(path);
        found.whole.add(value);
        found.all.add(value);
        if (value instanceof ArrayValue array) {
            found.all.addAll(array.elements());
        }
    }

    private static void descend(Value value, String rest, Found found) {
        if (value instanceof Document document) {
            walk(document, rest, found);
        } else if (value instanceof ArrayValue array) {
            elements(array, rest, found);
        } else {
            found.whole.add(Missing.INSTANCE);
            found.all.add(Missing.INSTANCE);
        }
    }

    private static void elements(ArrayValue array, String rest, Found found) {
        int dot = rest.indexOf('.');
        String head = dot < 0 ? rest : rest.substring(0, dot);
        for (int i = 0; i < array.size(); i++) {
            Value element = array.get(i);
            if (element instanceof Document document) {
                walk(document, rest, found);
            }
            if (head.equals(Integer.toString(i))) {
                if (dot < 0) {
                    found.whole.add(element);
                    found.all.add(element);
                } else if (element instanceof Document || element instanceof ArrayValue) {
                    descend(element, rest.substring(dot + 1), found);
                }
            }
        }
    }

    private static boolean condition(Value operand, Found found) {
        if (operand instanceof Document document && isOperators(document)) {
            for (Field field : document) {
                if (!operator(field.name(), field.value(), found)) {
                    return false;
                }
            }
            return true;
        }
        return found.all.stream().anyMatch(value -> literal(operand, value));
    }

    private static boolean isOperators(Document document) {
        return !document.isEmpty() && document.iterator().next().name().startsWith("$");
    }

    private static boolean literal(Value operand, Value value) {
        return operand instanceof RegexValue regex
                ? regex(regex, value)
                : leaf("$eq", operand, value);
    }

    private static boolean operator(String name, Value operand, Found found) {
        return switch (name) {
            case "$ne" -> !operator("$eq", operand, found);
            case "$nin" -> !operator("$in", operand, found);
            case "$not" -> !condition(operand, found);
            case "$exists" ->
                    found.whole.stream().anyMatch(value -> value != Missing.INSTANCE)
                            == ((BooleanValue) operand).value();
            case "$all" -> all((ArrayValue) operand, found);
            case "$size" ->
                    found.whole.stream()
                            .anyMatch(
                                    value ->
                                            value instanceof ArrayValue array
                                                    && array.size()
                                                            == ((NumberValue) operand).toLong());
            case "$elemMatch" ->
                    found.whole.stream().anyMatch(value -> elemMatch((Document) operand, value));
            case "$allMatch" ->
                    found.whole.stream().anyMatch(value -> allMatch((Document) operand, value));
            default -> found.all.stream().anyMatch(value -> leaf(name, operand, value));
        };
    }

    private static boolean all(ArrayValue operands, Found found) {
        for (Value operand : operands) {
            boolean isElemMatch = operand instanceof Document document && isOperators(document);
            boolean holds =
                    isElemMatch
                            ? condition(operand, found)
                            : found.all.stream().anyMatch(value -> literal(operand, value));
            if (!holds) {
                return false;
            }
        }
        return !operands.isEmpty();
    }

    private static boolean elemMatch(Document operand, Value value) {
        return value instanceof ArrayValue array
                && array.elements().stream().anyMatch(element -> element(operand, element));
    }

    private static boolean allMatch(Document operand, Value value) {
        return value instanceof ArrayValue array
                && !array.isEmpty()
                && array.elements().stream().allMatch(element -> element(operand, element));
    }

    private static boolean element(Document operand, Value element) {
        if (isOperators(operand) && !operand.has("$or")) {
            return condition(operand, Found.one(element));
        }
        return switch (element) {
            case Document document -> matches(operand, document);
            case ArrayValue inner -> matches(operand, asDocument(inner));
            default -> false;
        };
    }

    private static Document asDocument(ArrayValue array) {
        var builder = Document.builder();
        for (int i = 0; i < array.size(); i++) {
            builder.put(Integer.toString(i), array.get(i));
        }
        return builder.build();
    }

    private static boolean leaf(String name, Value operand, Value value) {
        return switch (name) {
            case "$in" ->
                    ((ArrayValue) operand).elements().stream().anyMatch(one -> literal(one, value));
            case "$type" -> value.type().alias().equals(((StringValue) operand).value());
            case "$mod" -> mod((ArrayValue) operand, value);
            case "$bitsAllSet", "$bitsAnySet", "$bitsAllClear", "$bitsAnyClear" ->
                    NaiveBits.test(name, operand, value);
            case "$beginsWith" ->
                    value instanceof StringValue string
                            && string.value().startsWith(((StringValue) operand).value());
            case "$keyMapMatch" -> keyMapMatch((Document) operand, value);
            case "$regex" -> regex(new RegexValue(((StringValue) operand).value(), ""), value);
            default -> compare(name, operand, value);
        };
    }

    private static boolean keyMapMatch(Document operand, Value value) {
        if (value instanceof Document document) {
            for (Field field : document) {
                if (condition(operand, Found.one(Value.of(field.name())))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean compare(String name, Value operand, Value value) {
        int order = ValueOrder.ASCENDING.compare(value, operand);
        boolean isExtreme = operand instanceof MinKey || operand instanceof MaxKey;
        if (operand instanceof NullValue) {
            boolean isNull = value instanceof NullValue || value instanceof Missing;
            return isNull && !name.equals("$gt") && !name.equals("$lt");
        }
        boolean isComparable = value.rank() == operand.rank() && isNan(value) == isNan(operand);
        if (!isComparable && !(isExtreme && !name.equals("$eq"))) {
            return false;
        }
        return switch (name) {
            case "$eq" -> order == 0;
            case "$gt" -> order > 0;
            case "$gte" -> order >= 0;
            case "$lt" -> order < 0;
            case "$lte" -> order <= 0;
            default -> throw new AssertionError(name);
        };
    }

    private static boolean isNan(Value value) {
        return value instanceof NumberValue number && Double.isNaN(number.toDouble());
    }

    private static boolean mod(ArrayValue operand, Value value) {
        return value instanceof NumberValue number
                && Double.isFinite(number.toDouble())
                && number.toLong() % ((NumberValue) operand.get(0)).toLong()
                        == ((NumberValue) operand.get(1)).toLong();
    }

    private static boolean regex(RegexValue regex, Value value) {
        return value instanceof StringValue string
                ? Pattern.compile(regex.pattern()).matcher(string.value()).find()
                : value.equals(regex);
    }
}
