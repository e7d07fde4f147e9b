package io.smilodon.query.update;

import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.Value;
import java.util.concurrent.atomic.AtomicInteger;

/** Timestamps that the server gives to what it writes. Thread-safe. */
public final class Timestamps {

    private static final TimestampValue EMPTY = new TimestampValue(0, 0);
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private Timestamps() {}

    /** A timestamp of this instant that this process gives only once. */
    static TimestampValue next(DateValue now) {
        int seconds = (int) Math.floorDiv(now.epochMillis(), 1_000);
        return new TimestampValue(seconds, COUNTER.incrementAndGet());
    }

    /**
     * The document with timestamps of this instant in its own fields where they hold the empty one.
     * Those inside of other values, and the {@code _id}, stay. Source: MongoDB's manual, BSON
     * Types, Timestamps.
     */
    public static Document fillEmpty(Document document, DateValue now) {
        for (Field field : document) {
            if (isEmpty(field)) {
                return filled(document, now);
            }
        }
        return document;
    }

    private static boolean isEmpty(Field field) {
        return field.value() instanceof TimestampValue timestamp
                && timestamp.equals(EMPTY)
                && !field.name().equals(DocumentRules.ID);
    }

    private static Document filled(Document document, DateValue now) {
        DocumentBuilder filled = Document.builder();
        for (Field field : document) {
            Value value = isEmpty(field) ? next(now) : field.value();
            filled.put(field.name(), value);
        }
        return filled.build();
    }
}
