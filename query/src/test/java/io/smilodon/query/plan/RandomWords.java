package io.smilodon.query.plan;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Random;

/** Random texts in two fields of their own, their index and what filters search for in them. */
final class RandomWords {

    private static final List<String> WORDS = List.of("ape", "bees", "Cat", "dogs", "\u00e9el");

    private final Random random;

    RandomWords(Random random) {
        this.random = random;
    }

    void addTo(DocumentBuilder document) {
        switch (random.nextInt(7)) {
            case 0 -> document.put("t", NullValue.INSTANCE);
            case 1 -> document.put("t", ArrayValue.of(Value.of(text()), Value.of(text())));
            case 2 -> document.put("t", 7);
            case 3 -> {}
            default -> document.put("t", text());
        }
        if (random.nextInt(3) == 0) {
            document.put("u", Document.of("v", Value.of(text())));
        }
    }

    /**
     * An index of the words.
     *
     * @param other a path that may be in it too
     */
    Document index(String other) {
        DocumentBuilder key = Document.builder();
        boolean isCompound = random.nextInt(3) == 0;
        key.put("t", "text");
        if (random.nextBoolean()) {
            key.put("u.v", "text");
        }
        if (isCompound) {
            key.put(other, 1);
        }
        return Document.of("key", key.build());
    }

    Document search() {
        return search(Document.EMPTY);
    }

    /** A search among the documents that match. */
    Document search(Document filter) {
        String words = word() + ' ' + (random.nextInt(3) == 0 ? '-' : "") + word();
        String text = random.nextInt(5) == 0 ? "\\\"" + words.replace("-", "") + "\\\"" : words;
        Document search =
                ExtendedJson.readDocument(
                        "{\"$search\": \"%s\", \"$caseSensitive\": %s}"
                                .formatted(text, random.nextInt(5) == 0));
        return Document.builder().put("$text", search).putAll(filter).build();
    }

    private String text() {
        return random.nextBoolean() ? word() : word() + ' ' + word();
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }
}
