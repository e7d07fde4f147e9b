package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.query.testing.ListCursor;
import java.util.List;
import java.util.stream.Stream;

/** Carries out a split pipeline naively: the front over a list, with only the needed fields. */
final class SplitRunner {

    private SplitRunner() {}

    static List<Document> run(SplitPipeline split, List<Document> documents, StageContext context) {
        Front front = split.front();
        Stream<Document> found = documents.stream().filter(front.filter()::matches);
        if (front.sort().isPresent()) {
            found = found.sorted(front.sort().get().comparator());
        }
        found = found.skip(front.skip());
        if (front.limit() > 0) {
            found = found.limit(front.limit());
        }
        List<Document> input = found.map(document -> onlyNeeded(document, front.fields())).toList();
        return ListCursor.drain(split.rest().open(new ListCursor(input), context));
    }

    private static Document onlyNeeded(Document document, NeededFields needed) {
        if (needed.isWhole()) {
            return document;
        }
        DocumentBuilder builder = Document.builder();
        for (Field field : document) {
            if (needed.names().contains(field.name())) {
                builder.put(field.name(), field.value());
            }
        }
        return builder.build();
    }
}
