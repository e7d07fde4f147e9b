package io.smilodon.database;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is searched in random documents, and which of them that is, told from the document alone.
 *
 * @param operator an operator of {@code $search}
 */
record SearchQuestion(String operator, Predicate<Document> answer) {

    static final String MAPPINGS =
            "{'fields': {'t': [{'type': 'string'}, {'type': 'autocomplete', 'minGrams': 1}],"
                    + " 'n': {'type': 'number'}, 'k': [{'type': 'token'}, {'type':"
                    + " 'stringFacet'}], 'in': [{'type': 'document', 'dynamic': true}, {'type':"
                    + " 'embeddedDocuments', 'dynamic': true}], 'p': {'type': 'geo'}, 'v': {'type':"
                    + " 'vector', 'numDimensions': 1, 'similarity': 'euclidean'}}}";

    private static final List<String> WORDS = List.of("ape", "apex", "bee", "cat", "dog");
    private static final List<String> TAGS = List.of("x", "y", "z");
    private static final int NUMBERS = 10;

    /** A document, with everything that may be asked for, or without. */
    static Document book(Random random, int id) {
        int number = random.nextInt(NUMBERS);
        String tags =
                TAGS.stream()
                        .filter(tag -> random.nextInt(3) == 0)
                        .map(tag -> "'" + tag + "'")
                        .collect(Collectors.joining(", "));
        String inner =
                switch (random.nextInt(5)) {
                    case 0 -> "";
                    case 1 -> ", 'in': {'w': null}";
                    case 2 -> ", 'in': {'w': '%s'}".formatted(one(random, WORDS));
                    case 3 -> ", 'in': [{'w': '%s'}, {'b': true}]".formatted(one(random, WORDS));
                    default ->
                            ", 'in': [{'w': '%s', 'b': true}, {'w': '%s'}]"
                                    .formatted(one(random, WORDS), one(random, WORDS));
                };
        String place =
                random.nextBoolean()
                        ? ", 'p': {'type': 'Point', 'coordinates': [%d, %d]}"
                                .formatted(random.nextInt(NUMBERS), random.nextInt(NUMBERS))
                        : "";
        String text =
                IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> one(random, WORDS))
                        .collect(Collectors.joining(" "));
        return Json.doc(
                "{'_id': %d, 't': '%s', 'n': %d, 'v': [%d], 'k': [%s]%s%s}"
                        .formatted(id, text, number, number, tags, inner, place));
    }

    private static String one(Random random, List<String> some) {
        return some.get(random.nextInt(some.size()));
    }

    /** One operator, or several in a compound, as deep as that. */
    static SearchQuestion random(Random random, int depth) {
        return depth > 0 && random.nextInt(3) == 0 ? compound(random, depth) : simple(random);
    }

    private static SearchQuestion simple(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> ofWords(random);
            case 1 -> ofTerms(random);
            case 2 -> ofValues(random);
            case 3 -> ofInner(random);
            default -> ofPlaces(random);
        };
    }

    private static SearchQuestion ofWords(Random random) {
        String word = one(random, WORDS);
        String other = one(random, WORDS);
        return switch (random.nextInt(4)) {
            case 0 ->
                    asked(
                            "'text': {'path': 't', 'query': '%s %s'}".formatted(word, other),
                            book -> words(book).contains(word) || words(book).contains(other));
            case 1 ->
                    asked(
                            "'text': {'path': 't', 'query': '%s %s', 'matchCriteria': 'all'}"
                                    .formatted(word, other),
                            book -> words(book).containsAll(List.of(word, other)));
            case 2 ->
                    asked(
                            "'phrase': {'path': 't', 'query': '%s %s'}".formatted(word, other),
                            book -> hasPhrase(words(book), word, other));
            default ->
                    asked(
                            "'text': {'path': {'wildcard': 'in.*'}, 'query': '%s'}".formatted(word),
                            book -> inner(book).contains(Value.of(word)));
        };
    }

    private static boolean hasPhrase(List<String> words, String word, String next) {
        return IntStream.range(1, words.size())
                .anyMatch(i -> words.get(i - 1).equals(word) && words.get(i).equals(next));
    }

    private static SearchQuestion ofTerms(Random random) {
        String word = one(random, WORDS);
        String start = word.substring(0, 1 + random.nextInt(word.length()));
        return switch (random.nextInt(4)) {
            case 0 ->
                    asked(
                            "'autocomplete': {'path': 't', 'query': '%s'}".formatted(start),
                            book -> anyWord(book, one -> one.startsWith(start)));
            case 1 ->
                    asked(
                            "'wildcard': {'path': 't', 'query': '%s?', 'allowAnalyzedField': true}"
                                    .formatted(start),
                            book ->
                                    anyWord(
                                            book,
                                            one ->
                                                    one.startsWith(start)
                                                            && one.length() == start.length() + 1));
            case 2 ->
                    asked(
                            "'regex': {'path': 't', 'query': '.*%s', 'allowAnalyzedField': true}"
                                    .formatted(word.substring(1)),
                            book -> anyWord(book, one -> one.endsWith(word.substring(1))));
            default ->
                    asked(
                            "'queryString': {'defaultPath': 't', 'query': '%s* AND NOT %s'}"
                                    .formatted(start, word),
                            book ->
                                    anyWord(book, one -> one.startsWith(start))
                                            && !words(book).contains(word));
        };
    }

    private static SearchQuestion ofValues(Random random) {
        int number = random.nextInt(NUMBERS);
        int other = random.nextInt(NUMBERS);
        String tag = one(random, TAGS);
        return switch (random.nextInt(5)) {
            case 0 ->
                    asked(
                            "'range': {'path': 'n', 'gte': %d, 'lt': %d}".formatted(number, other),
                            book -> number(book) >= number && number(book) < other);
            case 1 ->
                    asked(
                            "'in': {'path': 'n', 'value': [%d, %d]}".formatted(number, other),
                            book -> number(book) == number || number(book) == other);
            case 2 ->
                    asked(
                            "'equals': {'path': 'k', 'value': '%s'}".formatted(tag),
                            book -> tags(book).contains(Value.of(tag)));
            case 3 ->
                    asked(
                            "'equals': {'path': 'in.w', 'value': null}",
                            book -> inner(book).contains(NullValue.INSTANCE));
            default ->
                    asked(
                            "'exists': {'path': 'in.b'}",
                            book -> book.get("in") instanceof ArrayValue);
        };
    }

    /** What one of the inner documents has, by itself. */
    private static SearchQuestion ofInner(Random random) {
        String word = one(random, WORDS);
        String text = "{'text': {'path': 'in.w', 'query': '%s'}}".formatted(word);
        String flag = "{'equals': {'path': 'in.b', 'value': true}}";
        String asked = "'embeddedDocument': {'path': 'in', 'operator': %s}";
        return switch (random.nextInt(3)) {
            case 0 ->
                    asked(
                            asked.formatted("{'compound': {'must': [" + text + ", " + flag + "]}}"),
                            book -> inner(book, one -> has(one, word) && one.has("b")));
            case 1 ->
                    asked(
                            asked.formatted(
                                    "{'compound': {'mustNot': [" + text + ", " + flag + "]}}"),
                            book -> inner(book, one -> !has(one, word) && !one.has("b")));
            default -> asked(asked.formatted(text), book -> inner(book, one -> has(one, word)));
        };
    }

    private static boolean has(Document inner, String word) {
        return inner.get("w").equals(Value.of(word));
    }

    private static boolean inner(Document book, Predicate<Document> test) {
        return inners(book).stream().anyMatch(test);
    }

    private static List<Document> inners(Document book) {
        return switch (book.get("in")) {
            case Document one -> List.of(one);
            case ArrayValue several ->
                    several.elements().stream().map(one -> (Document) one).toList();
            default -> List.of();
        };
    }

    private static SearchQuestion ofPlaces(Random random) {
        int west = random.nextInt(NUMBERS);
        int south = random.nextInt(NUMBERS);
        return switch (random.nextInt(2)) {
            case 0 ->
                    asked(
                            "'near': {'path': 'p', 'pivot': 1, 'origin': {'type': 'Point',"
                                    + " 'coordinates': [1, 1]}}",
                            book -> book.has("p"));
            default ->
                    asked(
                            ("'geoWithin': {'path': 'p', 'box': {'bottomLeft': {'type': 'Point',"
                                            + " 'coordinates': [%d.5, %d.5]}, 'topRight': {'type':"
                                            + " 'Point', 'coordinates': [20, 20]}}}")
                                    .formatted(west, south),
                            book ->
                                    book.has("p")
                                            && coordinate(book, 0) > west
                                            && coordinate(book, 1) > south);
        };
    }

    private static SearchQuestion compound(Random random, int depth) {
        List<SearchQuestion> must = some(random, depth);
        List<SearchQuestion> mustNot = some(random, depth);
        List<SearchQuestion> should = some(random, depth);
        List<SearchQuestion> filter = some(random, depth);
        if (must.isEmpty() && mustNot.isEmpty() && should.isEmpty() && filter.isEmpty()) {
            return simple(random);
        }
        int minimum = random.nextInt(should.size() + 1);
        boolean isOptional = !must.isEmpty() || !filter.isEmpty() || should.isEmpty();
        int needed = Math.max(minimum, isOptional ? 0 : 1);
        String clauses =
                "'must': %s, 'mustNot': %s, 'should': %s, 'filter': %s"
                        .formatted(list(must), list(mustNot), list(should), list(filter));
        return asked(
                "'compound': {%s, 'minimumShouldMatch': %d}".formatted(clauses, minimum),
                book ->
                        must.stream().allMatch(one -> one.answer.test(book))
                                && filter.stream().allMatch(one -> one.answer.test(book))
                                && mustNot.stream().noneMatch(one -> one.answer.test(book))
                                && should.stream().filter(one -> one.answer.test(book)).count()
                                        >= needed);
    }

    private static List<SearchQuestion> some(Random random, int depth) {
        List<SearchQuestion> some = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            some.add(random(random, depth - 1));
        }
        return some;
    }

    private static String list(List<SearchQuestion> questions) {
        return questions.stream()
                .map(one -> "{" + one.operator + "}")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static SearchQuestion asked(String operator, Predicate<Document> answer) {
        return new SearchQuestion(operator, answer);
    }

    private static List<String> words(Document book) {
        return List.of(((StringValue) book.get("t")).value().split(" "));
    }

    private static boolean anyWord(Document book, Predicate<String> test) {
        return words(book).stream().filter(word -> !word.isEmpty()).anyMatch(test);
    }

    static double number(Document book) {
        return ((NumberValue) book.get("n")).toDouble();
    }

    static List<Value> tags(Document book) {
        return ((ArrayValue) book.get("k")).elements();
    }

    /** The values of {@code in.w}. */
    private static List<Value> inner(Document book) {
        return inners(book).stream().map(one -> one.get("w")).toList();
    }

    private static double coordinate(Document book, int index) {
        ArrayValue coordinates = (ArrayValue) ((Document) book.get("p")).get("coordinates");
        return ((NumberValue) coordinates.get(index)).toDouble();
    }
}
