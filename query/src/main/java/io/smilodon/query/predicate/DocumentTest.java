package io.smilodon.query.predicate;

import io.smilodon.engine.value.Document;

/**
 * What a filter asks of a whole document by an operator of its own, {@code $jsonSchema} for one. No
 * index helps with it. Immutable and thread-safe.
 */
public interface DocumentTest {

    boolean test(Document document);

    /** Whether the answer depends on what the document holds. */
    boolean readsDocument();

    /** Whether it may answer differently when it is asked again. */
    boolean isChance();

    /** The test as a filter writes it: {@code {$sampleRate: 0.5}}. */
    Document toDocument();
}
