package io.smilodon.query.update;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The four common operators once more, on maps and lists that are changed in place: slow, simple,
 * and without anything of the real implementation. Throws {@link Refused} with the error's number.
 */
final class NaiveUpdate {

    private final Map<String, Object> root;

    NaiveUpdate(Document document) {
        root = mutable(document);
    }

    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        final int code;

        Refused(int code) {
            this.code = code;
        }
    }

    Document result() {
        return (Document) frozen(root);
    }

    void apply(String operator, String path, Value operand) throws Refused {
        String[] steps = path.split("\\.");
        boolean creates = !operator.equals("$unset");
        Object holder = root;
        for (int i = 0; i < steps.length - 1; i++) {
            Object child = get(holder, steps[i]);
            if (child == null) {
                if (!creates) {
                    return;
                }
                checkSettable(holder, steps[i]);
                child = new LinkedHashMap<String, Object>();
                set(holder, steps[i], child);
            }
            holder = child;
        }
        String last = steps[steps.length - 1];
        Object before = get(holder, last);
        if (!creates) {
            unset(holder, last, before);
            return;
        }
        checkSettable(holder, last);
        set(holder, last, changed(operator, before, operand));
    }

    private static Object changed(String operator, Object before, Value operand) throws Refused {
        return switch (operator) {
            case "$set" -> mutable(operand);
            case "$inc" -> {
                if (before != null && !(before instanceof Int32Value)) {
                    throw new Refused(14);
                }
                int old = before == null ? 0 : ((Int32Value) before).value();
                yield new Int32Value(old + ((Int32Value) operand).value());
            }
            case "$push" -> {
                if (before != null && !(before instanceof List)) {
                    throw new Refused(2);
                }
                List<Object> pushed = before == null ? new ArrayList<>() : list(before);
                pushed.add(mutable(operand));
                yield pushed;
            }
            default -> throw new AssertionError(operator);
        };
    }

    private static Object get(Object holder, String step) {
        if (holder instanceof Map<?, ?> map) {
            return map.get(step);
        }
        if (holder instanceof List<?> list && isIndex(step)) {
            int index = Integer.parseInt(step);
            return index < list.size() ? list.get(index) : null;
        }
        return null;
    }

    private static void checkSettable(Object holder, String step) throws Refused {
        boolean isElement = holder instanceof List && isIndex(step);
        if (!(holder instanceof Map) && !isElement) {
            throw new Refused(28);
        }
    }

    @SuppressWarnings("unchecked")
    private static void set(Object holder, String step, Object value) {
        if (holder instanceof Map) {
            ((Map<String, Object>) holder).put(step, value);
            return;
        }
        List<Object> list = list(holder);
        int index = Integer.parseInt(step);
        while (list.size() <= index) {
            list.add(NullValue.INSTANCE);
        }
        list.set(index, value);
    }

    private static void unset(Object holder, String step, Object before) {
        if (holder instanceof Map<?, ?> map) {
            map.remove(step);
        } else if (before != null) {
            list(holder).set(Integer.parseInt(step), NullValue.INSTANCE);
        }
    }

    private static boolean isIndex(String step) {
        return step.matches("[0-9]+");
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object list) {
        return (List<Object>) list;
    }

    private static Map<String, Object> mutable(Document document) {
        Map<String, Object> map = new LinkedHashMap<>();
        document.forEach(field -> map.put(field.name(), mutable(field.value())));
        return map;
    }

    private static Object mutable(Value value) {
        if (value instanceof Document document) {
            return mutable(document);
        }
        if (value instanceof ArrayValue array) {
            List<Object> list = new ArrayList<>();
            array.forEach(element -> list.add(mutable(element)));
            return list;
        }
        return value;
    }

    private static Value frozen(Object object) {
        if (object instanceof Map<?, ?> map) {
            DocumentBuilder builder = Document.builder();
            map.forEach((name, value) -> builder.put((String) name, frozen(value)));
            return builder.build();
        }
        if (object instanceof List<?> list) {
            return ArrayValue.of(list.stream().map(NaiveUpdate::frozen).toList());
        }
        return (Value) object;
    }
}
