package io.smilodon.samples;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.value.Document;
import java.util.List;
import java.util.stream.Stream;

/** Index specifications written as key patterns in JSON. */
public final class IndexSpecifications {

    private IndexSpecifications() {}

    /** One specification for each key pattern, such as {@code {"package": 1, "name": 1}}. */
    public static List<Document> ofKeys(String... keyPatterns) {
        return Stream.of(keyPatterns)
                .map(keys -> Document.of("key", ExtendedJson.readDocument(keys)))
                .toList();
    }
}
