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
    private final Map<String, Object> original;

    NaiveUpdate(Document document) {
        root = mutable(document);
        original = mutable(document);
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

    /** Elements pass {@code $[x]} if they, or one of theirs, are at least 2. */
    private static boolean admits(String step, Object element) {
        if (step.equals("$[]")) {
            return true;
        }
        if (element instanceof List<?> list) {
            return list.stream().anyMatch(NaiveUpdate::isLarge);
        }
        return isLarge(element);
    }

    private static boolean isLarge(Object value) {
        return value instanceof Int32Value number && number.value() >= 2;
    }

    /** The paths without {@code $[]} and {@code $[x]}, as far as there are arrays for those. */
    List<String> concrete(String path) {
        List<String> paths = new ArrayList<>();
        expand(original, path.split("\\."), 0, paths);
        return paths;
    }

    private static void expand(Object holder, String[] steps, int i, List<String> paths) {
        if (i == steps.length) {
            paths.add(String.join(".", steps));
        } else if (!steps[i].startsWith("$[")) {
            expand(get(holder, steps[i]), steps, i + 1, paths);
        } else if (holder instanceof List<?> list) {
            for (int index = 0; index < list.size(); index++) {
                if (admits(steps[i], list.get(index))) {
                    expand(list.get(index), at(steps, i, index), i + 1, paths);
                }
            }
        }
    }

    private static String[] at(String[] steps, int i, int index) {
        String[] named = steps.clone();
        named[i] = Integer.toString(index);
        return named;
    }

    void apply(String operator, String path, Value operand) throws Refused {
        apply(new Object[] {root, original}, path.split("\\."), 0, new Change(operator, operand));
    }

    private record Change(String operator, Value operand) {

        boolean creates() {
            return !operator.equals("$unset");
        }
    }

    /**
     * Goes one step.
     *
     * @param holders what has the field: now, and before all changes
     */
    private static void apply(Object[] holders, String[] steps, int i, Change change)
            throws Refused {
        if (steps[i].startsWith("$[")) {
            applyToElements(holders, steps, i, change);
            return;
        }
        Object child = get(holders[0], steps[i]);
        if (i == steps.length - 1) {
            change(holders[0], steps[i], child, change);
            return;
        }
        if (child == null) {
            for (String later : steps) {
                if (later.startsWith("$[")) {
                    throw new Refused(2);
                }
            }
            if (!change.creates()) {
                return;
            }
            checkSettable(holders[0], steps[i]);
            child = new LinkedHashMap<String, Object>();
            set(holders[0], steps[i], child);
        }
        apply(new Object[] {child, get(holders[1], steps[i])}, steps, i + 1, change);
    }

    private static void applyToElements(Object[] holders, String[] steps, int i, Change change)
            throws Refused {
        if (!(holders[0] instanceof List<?> list)) {
            throw new Refused(2);
        }
        for (int index = 0; index < list.size(); index++) {
            if (admits(steps[i], get(holders[1], Integer.toString(index)))) {
                apply(holders, at(steps, i, index), i, change);
            }
        }
    }

    private static void change(Object holder, String step, Object before, Change change)
            throws Refused {
        if (!change.creates()) {
            unset(holder, step, before);
            return;
        }
        checkSettable(holder, step);
        set(holder, step, changed(change.operator, before, change.operand));
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
