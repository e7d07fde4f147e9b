package io.smilodon.query.exec;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.text.TextMatcher;
import io.smilodon.query.metadata.AnnotatedDocument;
import io.smilodon.query.metadata.MetadataKind;
import java.util.function.Supplier;

/** Adds to documents how well they match a text search. Not thread-safe. */
final class TextScoreCursor implements Cursor {

    private final Cursor input;
    private final TextMatcher matcher;

    TextScoreCursor(Cursor input, TextMatcher matcher) {
        this.input = input;
        this.matcher = matcher;
    }

    @Override
    public boolean advance() {
        return input.advance();
    }

    @Override
    public Document current() {
        Document document = input.current();
        Supplier<Value> score = () -> new DoubleValue(matcher.score(document));
        return AnnotatedDocument.of(
                document,
                AnnotatedDocument.metadata(document)
                        .with(MetadataKind.TEXT_SCORE, score)
                        .with(MetadataKind.SCORE, score));
    }

    @Override
    public void close() {
        input.close();
    }
}
