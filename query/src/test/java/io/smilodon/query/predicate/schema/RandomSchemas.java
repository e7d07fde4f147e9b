package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Random schemas and documents over few names and values, so that they often meet. */
final class RandomSchemas {

    private static final String[] NAMES = {"a", "b", "ab"};
    private static final String[] PATTERNS = {"^a", "b$", "a"};
    private static final String[] TYPES = {"number", "string", "object", "array", "null"};
    private static final String[] COUNTS = {
        "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"
    };

    private final Random random;

    RandomSchemas(long seed) {
        random = new Random(seed);
    }

    Document document() {
        return (Document) object(3);
    }

    Document schema() {
        return schema(3);
    }

    private Document schema(int depth) {
        DocumentBuilder schema = Document.builder();
        int keywords = random.nextInt(3);
        for (int i = 0; i <= keywords; i++) {
            if (depth > 0 && random.nextInt(3) > 0) {
                addNested(schema, depth - 1);
            } else {
                addPlain(schema);
            }
        }
        return schema.build();
    }

    private void addPlain(DocumentBuilder schema) {
        switch (random.nextInt(7)) {
            case 0 -> schema.put("type", pick(TYPES));
            case 1 -> {
                schema.put("minimum", random.nextInt(3));
                schema.put("exclusiveMinimum", random.nextBoolean());
            }
            case 2 -> schema.put("maximum", random.nextInt(3));
            case 3 -> schema.put(pick(COUNTS), random.nextInt(3));
            case 4 -> schema.put("pattern", pick(PATTERNS));
            case 5 -> schema.put("uniqueItems", random.nextBoolean());
            default -> schema.put("required", ArrayValue.of(Value.of(pick(NAMES))));
        }
    }

    private void addNested(DocumentBuilder schema, int depth) {
        switch (random.nextInt(11)) {
            case 0, 1, 2 -> schema.put("properties", named(NAMES, depth));
            case 3 -> schema.put("patternProperties", named(PATTERNS, depth));
            case 4 -> schema.put("additionalProperties", schemaOrFlag(depth));
            case 5 -> schema.put("items", schema(depth));
            case 6 -> {
                schema.put("items", list(() -> schema(depth)));
                schema.put("additionalItems", schemaOrFlag(depth));
            }
            case 7 -> schema.put(pick(new String[] {"allOf", "anyOf", "oneOf"}), schemas(depth));
            case 8 -> schema.put("not", schema(depth));
            case 9 ->
                    schema.put(
                            "dependencies",
                            Document.builder()
                                    .put("a", ArrayValue.of(Value.of("b")))
                                    .put("b", schema(depth))
                                    .build());
            default -> schema.put("enum", ArrayValue.of(value(1)));
        }
    }

    private ArrayValue schemas(int depth) {
        return list(() -> schema(depth));
    }

    private Document named(String[] names, int depth) {
        DocumentBuilder schemas = Document.builder();
        schemas.put(pick(names), schema(depth));
        schemas.put(pick(names), schema(depth));
        return schemas.build();
    }

    private Value schemaOrFlag(int depth) {
        return random.nextBoolean() ? schema(depth) : Value.of(random.nextInt(3) == 0);
    }

    private ArrayValue list(Supplier<Value> member) {
        List<Value> members = new ArrayList<>();
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            members.add(member.get());
        }
        return ArrayValue.of(members);
    }

    private Value value(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 4)) {
            case 0 -> Value.of(random.nextInt(4));
            case 1 -> Value.of(random.nextInt(5) / 2.0);
            case 2 -> Value.of(pick(new String[] {"", "a", "ab", "bb"}));
            case 3 -> NullValue.INSTANCE;
            case 4, 5 -> array(depth - 1);
            default -> object(depth - 1);
        };
    }

    private Value array(int depth) {
        List<Value> elements = new ArrayList<>();
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            elements.add(value(depth));
        }
        return ArrayValue.of(elements);
    }

    private Value object(int depth) {
        DocumentBuilder document = Document.builder();
        int fields = random.nextInt(4);
        for (int i = 0; i < fields; i++) {
            document.put(pick(NAMES), value(depth));
        }
        return document.build();
    }

    private String pick(String[] from) {
        return from[random.nextInt(from.length)];
    }
}
