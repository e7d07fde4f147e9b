package io.smilodon.rest.restheart;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A JSON Schema (draft 4, 6 or 7) as MongoDB's {@code $jsonSchema}, which has the same keywords of
 * draft 4 but no references, no integers and nothing that is only told. References are replaced by
 * what they lead to. One thread, one schema.
 */
final class SchemaTranslation {

    private static final int COUNT_MAX = 10_000;
    private static final int DEPTH_MAX = 50;
    private static final String REFERENCE = "$ref";

    /** What is told and not checked. */
    private static final Set<String> TOLD =
            Set.of(
                    "_id",
                    "id",
                    "$id",
                    "$schema",
                    "$comment",
                    "default",
                    "definitions",
                    "$defs",
                    "examples",
                    "readOnly",
                    "writeOnly");

    private static final Set<String> SAME =
            Set.of(
                    "title",
                    "description",
                    "maxItems",
                    "minItems",
                    "uniqueItems",
                    "maxLength",
                    "minLength",
                    "maxProperties",
                    "minProperties",
                    "minimum",
                    "maximum",
                    "multipleOf",
                    "pattern",
                    "enum",
                    "bsonType");

    private static final Set<String> WITH_SCHEMA = Set.of("not", "items");

    private static final Set<String> ADDITIONAL = Set.of("additionalItems", "additionalProperties");

    private static final Set<String> WITH_SCHEMAS = Set.of("allOf", "anyOf", "oneOf");

    private static final Set<String> BY_NAME =
            Set.of("properties", "patternProperties", "dependencies");

    private static final Map<String, Value> TYPES =
            Map.of(
                    "integer", ArrayValue.of(Value.of("int"), Value.of("long")),
                    "boolean", ArrayValue.of(Value.of("bool")));

    private final SchemaStore store;
    private final Set<String> within = new HashSet<>();
    private int count;
    private int depth;

    SchemaTranslation(SchemaStore store) {
        this.store = store;
    }

    /**
     * The schema of this id.
     *
     * @throws SmilodonException {@code FailedToParse} for what cannot be checked here, at its place
     */
    Document translate(Value id) {
        Document root = store.schema(id);
        Document translated = document(new Place(id.toString(), root, Location.ROOT), root);
        boolean isClosed = BooleanValue.FALSE.equals(translated.get("additionalProperties"));
        return isClosed ? withId(translated) : translated;
    }

    /** Documents have an {@code _id} whatever their schema says. */
    private static Document withId(Document closed) {
        Document named =
                closed.get("properties") instanceof Document properties
                        ? properties
                        : Document.EMPTY;
        return named.has("_id")
                ? closed
                : closed.with("properties", named.with("_id", Document.EMPTY));
    }

    /**
     * Where a part of a schema stands.
     *
     * @param name of the schema that it is a part of
     * @param root that schema, which its references begin at
     */
    private record Place(String name, Document root, Location location) {

        Place child(String field) {
            return at(location.child(field));
        }

        Place at(Location other) {
            return new Place(name, root, other);
        }
    }

    private Value schema(Place place, Value schema) {
        return switch (schema) {
            case Document document -> document(place, document);
            case BooleanValue flag ->
                    flag.value() ? Document.EMPTY : Document.of("not", Document.EMPTY);
            default -> throw wrong("A schema is an object", place.location);
        };
    }

    private Document document(Place place, Document schema) {
        count++;
        depth++;
        if (count > COUNT_MAX || depth > DEPTH_MAX) {
            throw wrong("The schema is too large or too deep", place.location);
        }
        DocumentBuilder translated = Document.builder();
        List<Value> all = new ArrayList<>();
        for (Field field : schema) {
            Place child = place.child(field.name());
            switch (field.name()) {
                case REFERENCE -> all.add(referenced(child, field.value()));
                case "allOf" -> schemas(child, field.value()).forEach(all::add);
                case "if" -> all.addAll(choice(place, schema));
                case "then", "else" -> {}
                default -> keyword(translated, child, field);
            }
        }
        if (!all.isEmpty()) {
            translated.put("allOf", ArrayValue.of(all));
        }
        depth--;
        return translated.build();
    }

    private void keyword(DocumentBuilder translated, Place place, Field field) {
        String name = field.name();
        Value value = field.value();
        if (BY_NAME.contains(name)) {
            translated.put(name, byName(place, value));
        } else if (SAME.contains(name)) {
            translated.put(name, value);
        } else if (WITH_SCHEMA.contains(name)) {
            translated.put(name, oneOrMore(place, value));
        } else if (ADDITIONAL.contains(name)) {
            translated.put(name, value instanceof BooleanValue ? value : schema(place, value));
        } else if (WITH_SCHEMAS.contains(name)) {
            translated.put(name, schemas(place, value));
        } else if (!TOLD.contains(name)) {
            special(translated, place, field);
        }
    }

    private void special(DocumentBuilder translated, Place place, Field field) {
        Value value = field.value();
        switch (field.name()) {
            case "type" -> translated.put("bsonType", types(value));
            case "const" -> translated.put("enum", ArrayValue.of(List.of(value)));
            case "required" -> {
                if (!value.equals(ArrayValue.EMPTY)) {
                    translated.put("required", value);
                }
            }
            case "exclusiveMinimum" -> bound(translated, field, "minimum");
            case "exclusiveMaximum" -> bound(translated, field, "maximum");
            default ->
                    throw wrong("This keyword is not checked here", place.location)
                            .withHint(hint(field.name()));
        }
    }

    private static String hint(String keyword) {
        return keyword.equals("format") ? "pattern says the same" : "leave it out";
    }

    /** Draft 6 has a number where draft 4 has a flag beside another one. */
    private static void bound(DocumentBuilder translated, Field field, String inclusive) {
        if (field.value() instanceof NumberValue) {
            translated.put(inclusive, field.value()).put(field.name(), true);
        } else {
            translated.put(field.name(), field.value());
        }
    }

    private static Value types(Value said) {
        List<Value> types = new ArrayList<>();
        List<Value> names = said instanceof ArrayValue array ? array.elements() : List.of(said);
        for (Value name : names) {
            String text = name instanceof StringValue string ? string.value() : "";
            Value known = TYPES.getOrDefault(text, ArrayValue.of(List.of(name)));
            types.addAll(((ArrayValue) known).elements());
        }
        return ArrayValue.of(types);
    }

    private Value oneOrMore(Place place, Value value) {
        return value instanceof ArrayValue ? schemas(place, value) : schema(place, value);
    }

    private ArrayValue schemas(Place place, Value value) {
        if (!(value instanceof ArrayValue array)) {
            throw wrong("This is an array of schemas", place.location);
        }
        List<Value> translated = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            translated.add(schema(place.at(place.location.child(i)), array.get(i)));
        }
        return ArrayValue.of(translated);
    }

    private Document byName(Place place, Value value) {
        if (!(value instanceof Document schemas)) {
            throw wrong("This is an object of schemas", place.location);
        }
        DocumentBuilder translated = Document.builder();
        for (Field field : schemas) {
            Place child = place.child(field.name());
            boolean isList = field.value() instanceof ArrayValue;
            translated.put(field.name(), isList ? field.value() : schema(child, field.value()));
        }
        return translated.build();
    }

    /** {@code if a then b else c}: not a, or b; and a, or c. */
    private List<Value> choice(Place place, Document schema) {
        Value condition = schema(place.child("if"), schema.get("if"));
        List<Value> both = new ArrayList<>();
        if (schema.has("then")) {
            Value then = schema(place.child("then"), schema.get("then"));
            both.add(anyOf(Document.of("not", condition), then));
        }
        if (schema.has("else")) {
            both.add(anyOf(condition, schema(place.child("else"), schema.get("else"))));
        }
        return both;
    }

    private static Value anyOf(Value first, Value second) {
        return Document.of("anyOf", ArrayValue.of(List.of(first, second)));
    }

    // ---- References

    private Value referenced(Place place, Value reference) {
        if (!(reference instanceof StringValue text)) {
            throw wrong("A reference is a string", place.location);
        }
        int hash = text.value().indexOf('#');
        String whole = hash < 0 ? text.value() : text.value().substring(0, hash);
        String part = hash < 0 ? "" : text.value().substring(hash + 1);
        Document root = whole.isEmpty() ? place.root : store.referenced(whole, place.location);
        String name = whole.isEmpty() ? place.name : whole;
        String key = name + "#" + part;
        if (!within.add(key)) {
            throw wrong("A schema cannot contain itself", place.location);
        }
        Value found = at(root, part, place.location);
        Value translated = schema(new Place(name, root, place.location), found);
        within.remove(key);
        return translated;
    }

    private static Value at(Document root, String pointer, Location place) {
        Value found = root;
        String[] steps = pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1);
        for (String step : steps) {
            String name = step.replace("~1", "/").replace("~0", "~");
            if (!(found instanceof Document document) || !document.has(name)) {
                throw wrong("The reference leads nowhere", place);
            }
            found = document.get(name);
        }
        return found;
    }

    static SmilodonException wrong(String message, Location place) {
        return new SmilodonException(ErrorCode.FAILED_TO_PARSE, message).at(place);
    }
}
