package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.key.PartKind;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.TextTest;
import java.util.Optional;

/** Filters with {@code $text}, where no planner binds them to the text index. */
final class TextFilters {

    private TextFilters() {}

    /**
     * The filter as documents alone can answer it.
     *
     * @throws SmilodonException 27 if the collection has no text index
     */
    static Predicate bound(Predicate filter, CollectionEntry entry) {
        Optional<TextTest> test = TextTest.in(filter);
        return test.isEmpty() ? filter : test.get().by(textIndex(entry)).placedIn(filter);
    }

    private static IndexDefinition textIndex(CollectionEntry entry) {
        return entry.indexes().stream()
                .filter(IndexEntry::isReady)
                .map(IndexEntry::definition)
                .filter(definition -> definition.pattern().kind() == PartKind.TEXT)
                .findFirst()
                .orElseThrow(TextTest::noIndex);
    }
}
