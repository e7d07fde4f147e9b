package io.smilodon.database;

import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.metadata.AnnotatedDocument;
import io.smilodon.query.metadata.Metadata;
import io.smilodon.query.metadata.MetadataKind;
import io.smilodon.query.plan.Query;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * MongoDB's {@code showRecordId}: gives each result of a find a last field {@value #FIELD}; and the
 * keys of {@code returnKey} what else was asked for of them, which is by what they were sorted. The
 * documents come whole with what is known of them, and are projected here. Not thread-safe.
 */
final class RecordNumbers implements Cursor {

    private static final String FIELD = "$recordId";

    private final Cursor input;
    private final UnaryOperator<Document> output;
    private final List<String> sortKeys;
    private final boolean showsNumbers;

    private RecordNumbers(
            Cursor input,
            UnaryOperator<Document> output,
            List<String> sortKeys,
            boolean showsNumbers) {
        this.input = input;
        this.output = output;
        this.sortKeys = sortKeys;
        this.showsNumbers = showsNumbers;
    }

    /**
     * What a request reads, with these fields if it asks for them.
     *
     * @param reading opens what a query finds
     */
    static OpenRead.Source of(
            Queries.Parsed parsed,
            Function<Query, OpenRead.Source> reading,
            OperationContext operation) {
        List<String> sortKeys = sortKeys(parsed.request());
        boolean showsNumbers = parsed.request().showsRecordIds();
        if (!showsNumbers && sortKeys.isEmpty()) {
            return reading.apply(parsed.query());
        }
        Query asked = parsed.query().withCollation(operation.collation());
        OpenRead.Source found = reading.apply(asked.annotated());
        return new OpenRead.Source(
                new RecordNumbers(
                        found.cursor(), output(asked.output(), operation), sortKeys, showsNumbers),
                found.planSummary());
    }

    /** The fields of keys that are what the documents were sorted by. */
    private static List<String> sortKeys(FindRequest request) {
        return request.returnsKeys()
                ? MetadataKind.SORT_KEY.fieldsOf(request.projection())
                : List.of();
    }

    private static UnaryOperator<Document> output(Query.Output output, OperationContext operation) {
        return switch (output) {
            case Query.Output.Projected projected ->
                    document -> projected.projection().apply(operation.evaluationOn(document));
            case Query.Output.Keys keys -> RecordNumbers::key;
            case Query.Output.OneOfEach one -> UnaryOperator.identity();
            case Query.Output.Whole whole -> UnaryOperator.identity();
            case Query.Output.Needed needed -> UnaryOperator.identity();
            case Query.Output.Annotated annotated -> UnaryOperator.identity();
            case Query.Output.Counted counted -> UnaryOperator.identity();
        };
    }

    private static Document key(Document document) {
        return AnnotatedDocument.metadata(document).get(MetadataKind.INDEX_KEY)
                        instanceof Document key
                ? key
                : Document.EMPTY;
    }

    @Override
    public boolean advance() {
        return input.advance();
    }

    @Override
    public Document current() {
        Document document = input.current();
        Metadata known = AnnotatedDocument.metadata(document);
        Document result = output.apply(document);
        for (String name : sortKeys) {
            result = result.with(name, known.get(MetadataKind.SORT_KEY));
        }
        return showsNumbers ? result.with(FIELD, known.get(MetadataKind.RECORD_ID)) : result;
    }

    @Override
    public void close() {
        input.close();
    }
}
