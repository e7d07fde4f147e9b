package io.smilodon.query.update;

import io.smilodon.engine.value.Document;

/**
 * Puts the fields of another document into one, whole and by their very names, whatever dots these
 * have: what {@code $mergeObjects} makes of the two. The {@code _id} stays.
 *
 * @param more what comes in; where both have a field, its value counts
 */
record Merging(Document more) implements Update {

    @Override
    public Document apply(Document before, UpdateContext context) {
        Document merged = Document.builder().putAll(before).putAll(more).build();
        return new Replacement(merged).apply(before, context);
    }
}
