package io.smilodon.query.exec;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.query.metadata.AnnotatedDocument;
import io.smilodon.query.metadata.Metadata;
import io.smilodon.query.metadata.MetadataKind;
import io.smilodon.query.plan.PlanStage;
import io.smilodon.query.sort.SortPattern;
import java.util.Optional;
import java.util.function.Function;

/**
 * Adds to the documents of its input what {@code $meta} may ask for: by what they were sorted, and
 * by which key of an index they were found. Not thread-safe.
 */
public final class AnnotatingCursor implements Cursor {

    private final Cursor input;
    private final Function<Document, Metadata> annotation;

    private AnnotatingCursor(Cursor input, Function<Document, Metadata> annotation) {
        this.input = input;
        this.annotation = annotation;
    }

    /** What is known of documents that come in this order. */
    public static Cursor sorted(Cursor input, SortPattern order) {
        return new AnnotatingCursor(input, document -> sorted(document, order));
    }

    /**
     * What is known of whole documents that a plan has found.
     *
     * @param view what the plan reads
     * @param order the order that they come in; empty for that in which they were found
     */
    public static Cursor found(
            Cursor input, PlanStage plan, CollectionView view, Optional<SortPattern> order) {
        ReturnedKeys keys = new ReturnedKeys(input, plan);
        return new AnnotatingCursor(
                input,
                document -> {
                    Metadata known =
                            order.map(pattern -> sorted(document, pattern))
                                    .orElse(AnnotatedDocument.metadata(document));
                    return known.with(MetadataKind.INDEX_KEY, () -> key(keys.keyOf(document)))
                            .with(MetadataKind.RECORD_ID, () -> view.recordId(document));
                });
    }

    private static Metadata sorted(Document document, SortPattern order) {
        return AnnotatedDocument.metadata(document)
                .with(MetadataKind.SORT_KEY, () -> ArrayValue.of(order.keyOf(document).values()));
    }

    private static Value key(Document key) {
        return key.isEmpty() ? Missing.INSTANCE : key;
    }

    @Override
    public void prepare() {
        input.prepare();
    }

    @Override
    public boolean advance() {
        return input.advance();
    }

    @Override
    public Document current() {
        Document document = input.current();
        return AnnotatedDocument.of(document, annotation.apply(document));
    }

    @Override
    public void close() {
        input.close();
    }
}
