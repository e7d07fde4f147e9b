package io.smilodon.query.aggregate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.query.testing.ListCursor;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Carries out a split pipeline naively: the front over a list, with nothing but the needed fields.
 * Documents that have all of these are put together from them, as from the keys of an index.
 */
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

    static Document onlyNeeded(Document document, NeededFields needed) {
        if (needed.isWhole()) {
            return document;
        }
        Optional<Document> put =
                needed.inOrder() ? Optional.empty() : putTogether(document, needed);
        return put.orElseGet(() -> within(document, "", needed));
    }

    /** In the order of the paths; empty where a field is absent, or an array on the way. */
    private static Optional<Document> putTogether(Document document, NeededFields needed) {
        Document made = Document.EMPTY;
        List<FieldPath> paths =
                needed.paths().stream().sorted(Comparator.comparing(FieldPath::dotted)).toList();
        for (FieldPath path : paths) {
            Value value = Nested.get(document, path);
            if (value == Missing.INSTANCE) {
                return Optional.empty();
            }
            made = Nested.set(made, path, value);
        }
        return Optional.of(made);
    }

    /** In the order of the document, and arrays as they are. */
    private static Document within(Document document, String prefix, NeededFields needed) {
        DocumentBuilder builder = Document.builder();
        for (Field field : document) {
            FieldPath path = FieldPath.parse(prefix + field.name());
            boolean isSeen = needed.paths().stream().anyMatch(seen -> seen.isPrefixOf(path));
            boolean isAround = needed.paths().stream().anyMatch(path::isPrefixOf);
            if (isSeen || isAround && field.value() instanceof ArrayValue) {
                builder.put(field.name(), field.value());
            } else if (isAround && field.value() instanceof Document inner) {
                builder.put(field.name(), within(inner, path.dotted() + ".", needed));
            }
        }
        return builder.build();
    }

    /** The same value with the fields of its documents in the order of their names. */
    static Value ordered(Value value) {
        return switch (value) {
            case Document document -> {
                SortedMap<String, Value> fields = new TreeMap<>();
                document.forEach(field -> fields.put(field.name(), ordered(field.value())));
                DocumentBuilder builder = Document.builder();
                fields.forEach(builder::put);
                yield builder.build();
            }
            case ArrayValue array ->
                    ArrayValue.of(array.elements().stream().map(SplitRunner::ordered).toList());
            default -> value;
        };
    }
}
