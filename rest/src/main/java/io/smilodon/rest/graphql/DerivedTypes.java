package io.smilodon.rest.graphql;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Object types made of what samples have found, one after the other. One thread. */
final class DerivedTypes {

    private static final String ANYTHING = "JSON";
    private static final String ID = "_id";

    /** Objects with more fields are rather maps; deeper ones are rare. */
    private static final int FIELDS_MAX = 200;

    private static final int DEPTH_MAX = 8;

    private static final Map<String, String> SCALARS =
            Map.of(
                    "string", "String",
                    "bool", "Boolean",
                    "int", "Int",
                    "long", "Long",
                    "double", "Float",
                    "decimal", "Decimal128",
                    "objectId", "ObjectId",
                    "date", "DateTime");

    private static final Set<String> NUMBERS = Set.of("int", "long", "double", "decimal");

    private static final Set<String> TAKEN =
            Set.of(
                    "query",
                    "mutation",
                    "subscription",
                    "string",
                    "boolean",
                    "int",
                    "float",
                    "id",
                    "long",
                    "decimal128",
                    "objectid",
                    "datetime",
                    "date",
                    "json",
                    "jsonobject",
                    "filter",
                    "update",
                    "bsondocument");

    private final StringBuilder text = new StringBuilder();
    private final DocumentBuilder mappings = Document.builder();
    private final Set<String> names = new HashSet<>(TAKEN);

    /**
     * A type that has been made.
     *
     * @param name its name
     * @param idType the type of the field {@code _id}
     */
    record Derived(String name, String idType) {}

    /** A name as GraphQL lets it be: letters, digits and underscores, no digit first. */
    static String name(String stored) {
        String plain = stored.replaceAll("[^A-Za-z0-9_]", "_").replaceAll("^_+(?=_)", "");
        if (plain.isEmpty() || plain.equals("_")) {
            return "unnamed"; // two underscores are the language's own: _ and _byId make such names
        }
        return Character.isDigit(plain.charAt(0)) ? "_" + plain : plain;
    }

    /** A name as a description may show it. */
    static String shown(String stored) {
        return stored.replaceAll("[^ -~]|[\"\\\\]", "?");
    }

    /** Makes the type of a collection's documents. */
    Derived add(String collection, SampledFields sampled) {
        SampledFields id = sampled.fields().get(ID);
        String idType = id == null ? ANYTHING : type(id, "", DEPTH_MAX);
        String name = object(name(collection), sampled, 0, true);
        return new Derived(name, idType);
    }

    private String object(String wanted, SampledFields sampled, int depth, boolean isDocument) {
        String name =
                unused(capitalized(wanted), used -> !names.add(used.toLowerCase(Locale.ROOT)));
        StringBuilder fields = new StringBuilder();
        DocumentBuilder paths = Document.builder();
        if (isDocument) {
            fields.append("  \"The whole document\"\n  _doc: JSON\n");
            paths.put("_doc", Mapping.ROOT);
        }
        for (String stored : named(sampled)) {
            String shown = unused(name(stored), paths::has);
            String type = type(sampled.fields().get(stored), name + "_" + shown, depth + 1);
            fields.append("  %s: %s\n".formatted(shown, type));
            paths.put(shown, stored);
        }
        text.append("\ntype ").append(name).append(" {\n").append(fields).append("}\n");
        mappings.put(name, paths.build());
        return name;
    }

    private static List<String> named(SampledFields sampled) {
        return sampled.fields().keySet().stream()
                .filter(stored -> !stored.isEmpty() && !stored.startsWith("$"))
                .sorted(byOwnNames(stored -> stored))
                .toList();
    }

    /** Those first whose names GraphQL allows: they keep them. */
    static <T> Comparator<T> byOwnNames(Function<T, String> stored) {
        return Comparator.comparing(each -> !name(stored.apply(each)).equals(stored.apply(each)));
    }

    private String type(SampledFields sampled, String name, int depth) {
        Set<String> types = sampled.types();
        if (types.size() == 1) {
            String only = types.iterator().next();
            return switch (only) {
                case "object" ->
                        isObject(sampled, depth) ? objectType(name, sampled, depth) : ANYTHING;
                case "array" -> list(sampled, name, depth);
                default -> SCALARS.getOrDefault(only, ANYTHING);
            };
        }
        return !types.isEmpty() && NUMBERS.containsAll(types) ? number(types) : ANYTHING;
    }

    private String objectType(String name, SampledFields sampled, int depth) {
        return object(name, sampled, depth, false);
    }

    private static boolean isObject(SampledFields sampled, int depth) {
        int count = named(sampled).size(); // a type must have a field
        return depth < DEPTH_MAX && count > 0 && count <= FIELDS_MAX;
    }

    private String list(SampledFields sampled, String name, int depth) {
        String elements = sampled.elements().map(each -> type(each, name, depth)).orElse(ANYTHING);
        return elements.startsWith("[") ? ANYTHING : "[" + elements + "]";
    }

    private static String number(Set<String> types) {
        if (types.contains("decimal")) {
            return "Decimal128";
        }
        return types.contains("double") ? "Float" : "Long";
    }

    private static String unused(String wanted, Predicate<String> isUsed) {
        String name = wanted;
        while (isUsed.test(name)) {
            name = name + "_";
        }
        return name;
    }

    private static String capitalized(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    /** All types, in the language of schemas. */
    String text() {
        return text.toString();
    }

    /** Where the fields of each type come from. */
    Document mappings() {
        return mappings.build();
    }
}
