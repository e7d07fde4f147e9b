package io.smilodon.query.predicate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.text.TextIndex;
import io.smilodon.index.text.TextLanguage;
import io.smilodon.index.text.TextMatcher;
import io.smilodon.index.text.TextSearch;
import java.util.List;
import java.util.Optional;

/**
 * {@code {$text: {$search: <text>, ...}}}. What the texts of a document are, only a text index
 * says: the planner binds the test to that of the collection.
 *
 * @param request what was written
 * @param bound how to decide, once the index is known
 */
public record TextTest(Request request, Optional<Bound> bound) implements DocumentTest {

    /**
     * What a filter asks for.
     *
     * @param written the operand as it was written
     * @param search words and phrases
     * @param language empty for that of the index
     */
    record Request(
            Document written,
            String search,
            Optional<TextLanguage> language,
            boolean isCaseSensitive,
            boolean isDiacriticSensitive) {}

    /**
     * The test of one index.
     *
     * @param isFound whether only documents are asked that the index has found
     */
    public record Bound(TextMatcher matcher, boolean isFound) {}

    TextTest(Request request) {
        this(request, Optional.empty());
    }

    /** The same by this index. */
    public TextTest by(IndexDefinition index) {
        TextSearch search =
                TextSearch.parse(
                        request.search(),
                        request.language().orElseGet(() -> TextIndex.of(index).language()),
                        request.isCaseSensitive(),
                        request.isDiacriticSensitive());
        return new TextTest(request, Optional.of(new Bound(new TextMatcher(index, search), false)));
    }

    /** The same, asked only of documents that the index has found. */
    public TextTest ofFound() {
        return new TextTest(request, Optional.of(new Bound(matcher(), true)));
    }

    /** How it decides. */
    public TextMatcher matcher() {
        return bound.orElseThrow(TextTest::noIndex).matcher();
    }

    /** What to say where no index tells what the texts are. */
    public static SmilodonException noIndex() {
        return new SmilodonException(
                        ErrorCode.INDEX_NOT_FOUND, "text index required for $text query")
                .withHint("createIndex({field: \"text\"}), or {\"$**\": \"text\"} for all fields");
    }

    @Override
    public boolean test(Document document) {
        TextMatcher matcher = matcher();
        return bound.get().isFound() ? matcher.confirms(document) : matcher.matches(document);
    }

    @Override
    public boolean readsDocument() {
        return true;
    }

    @Override
    public boolean isChance() {
        return false;
    }

    @Override
    public Document toDocument() {
        return Document.of("$text", request.written());
    }

    // ---- Inside filters

    /** The test inside a filter, if there is one; a filter has one at most. */
    public static Optional<TextTest> in(Predicate predicate) {
        return switch (predicate) {
            case Predicate.And and -> in(and.children());
            case Predicate.Or or -> in(or.children());
            case Predicate.Not not -> in(not.child());
            case Predicate.At at -> Optional.empty();
            case Predicate.Computed computed -> Optional.empty();
            case Predicate.Whole whole ->
                    whole.test() instanceof TextTest test ? Optional.of(test) : Optional.empty();
        };
    }

    private static Optional<TextTest> in(List<Predicate> predicates) {
        for (Predicate predicate : predicates) {
            Optional<TextTest> found = in(predicate);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The filter with this test in the place of its own. */
    public Predicate placedIn(Predicate predicate) {
        return switch (predicate) {
            case Predicate.And and -> new Predicate.And(placedIn(and.children()));
            case Predicate.Or or -> new Predicate.Or(placedIn(or.children()));
            case Predicate.Not not -> new Predicate.Not(placedIn(not.child()));
            case Predicate.At at -> at;
            case Predicate.Computed computed -> computed;
            case Predicate.Whole whole ->
                    whole.test() instanceof TextTest ? new Predicate.Whole(this) : whole;
        };
    }

    private List<Predicate> placedIn(List<Predicate> predicates) {
        return predicates.stream().map(this::placedIn).toList();
    }
}
