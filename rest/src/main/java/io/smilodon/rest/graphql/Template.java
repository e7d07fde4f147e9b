package io.smilodon.rest.graphql;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Filters and stages with holes: {@code {$arg: "name"}} is an argument of the field, {@code {$arg:
 * ["name", default]}} one with a default, {@code {$fk: "path"}} a value of the document around it,
 * {@code {$ifarg: ["name", stage, other]}} a stage for requests that give an argument. A condition
 * whose argument is not given falls away.
 */
final class Template {

    static final String ARGUMENT = "$arg";
    static final String FOREIGN = "$fk";
    static final String IF_ARGUMENT = "$ifarg";

    private Template() {}

    /** What the holes are filled with; {@code Missing} for nothing. */
    interface Holes {

        Value argument(String path);

        Value foreign(String path);
    }

    /** The template without holes; {@code Missing} if all of it falls away. */
    static Value fill(Value template, Holes holes) {
        return switch (template) {
            case Document document -> fillDocument(document, holes);
            case ArrayValue array -> fillArray(array, holes);
            default -> template;
        };
    }

    private static Value fillDocument(Document document, Holes holes) {
        if (document.has(ARGUMENT)) {
            return argument(document.get(ARGUMENT), holes);
        }
        if (document.get(FOREIGN) instanceof StringValue path) {
            return holes.foreign(path.value());
        }
        if (document.get(IF_ARGUMENT) instanceof ArrayValue choice) {
            return fill(choice.get(isGiven(choice.get(0), holes) ? 1 : 2), holes);
        }
        DocumentBuilder filled = Document.builder();
        for (Field field : document) {
            Value value = fill(field.value(), holes);
            if (value != Missing.INSTANCE) {
                filled.put(field.name(), value);
            }
        }
        boolean fallsAway = filled.size() == 0 && !document.isEmpty();
        return fallsAway ? Missing.INSTANCE : filled.build();
    }

    private static Value fillArray(ArrayValue array, Holes holes) {
        List<Value> filled = new ArrayList<>();
        for (Value element : array) {
            Value value = fill(element, holes);
            if (value != Missing.INSTANCE) {
                filled.add(value);
            }
        }
        boolean fallsAway = filled.isEmpty() && !array.isEmpty();
        return fallsAway ? Missing.INSTANCE : ArrayValue.of(filled);
    }

    private static Value argument(Value name, Holes holes) {
        if (name instanceof ArrayValue withDefault) {
            Value given = argument(withDefault.get(0), holes);
            return given == Missing.INSTANCE ? withDefault.get(1) : given;
        }
        return name instanceof StringValue text ? holes.argument(text.value()) : Missing.INSTANCE;
    }

    private static boolean isGiven(Value names, Holes holes) {
        if (names instanceof ArrayValue all) {
            return all.elements().stream().allMatch(name -> isGiven(name, holes));
        }
        return argument(names, holes) != Missing.INSTANCE;
    }

    /** The paths of the document around it that it asks for. */
    static Set<String> foreignPaths(Value template) {
        Set<String> paths = new TreeSet<>();
        addForeign(template, paths);
        return paths;
    }

    private static void addForeign(Value template, Set<String> paths) {
        switch (template) {
            case Document document -> {
                if (document.get(FOREIGN) instanceof StringValue path) {
                    paths.add(path.value());
                }
                document.forEach(field -> addForeign(field.value(), paths));
            }
            case ArrayValue array -> array.forEach(element -> addForeign(element, paths));
            default -> {}
        }
    }
}
