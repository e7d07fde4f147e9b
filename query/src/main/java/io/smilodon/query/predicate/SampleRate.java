package io.smilodon.query.predicate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.concurrent.ThreadLocalRandom;

/**
 * {@code {$sampleRate: rate}}: each document with this probability, anew whenever it is asked.
 *
 * @param rate above 0 and below 1
 */
public record SampleRate(double rate) implements DocumentTest {

    @Override
    public boolean test(Document document) {
        return ThreadLocalRandom.current().nextDouble() < rate;
    }

    @Override
    public boolean readsDocument() {
        return false;
    }

    @Override
    public boolean isChance() {
        return true;
    }

    @Override
    public Document toDocument() {
        return Document.of("$sampleRate", Value.of(rate));
    }
}
