package io.smilodon.database.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Json;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The option {@code score}: the numbers that it makes, and what the details tell of them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SearchScoresTest {

    /** A score is a float: what is worked out here with doubles may be off by its last bits. */
    private static final double PRECISION = 1e-6;

    private static SearchServer server;

    /** Of the documents with the word: their scores without the option, by the id. */
    private static Map<Integer, Double> plain;

    @BeforeAll
    static void open() {
        server = new SearchServer();
        plain = scores(sea(""));
        assertEquals(3, plain.size());
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static String sea(String option) {
        return "'text': {'query': 'sea', 'path': 'title'%s}".formatted(option);
    }

    private static double number(Document document, String name) {
        return ((NumberValue) document.get(name)).toDouble();
    }

    private static int id(Document found) {
        return (int) number(found, "_id");
    }

    private static List<Document> found(String search) {
        return server.run(
                "{'$search': {%s}}, {'$set': {'s': {'$meta': 'searchScore'}}}".formatted(search));
    }

    private static Map<Integer, Double> scores(String search) {
        return found(search).stream()
                .collect(Collectors.toMap(one -> id(one), one -> number(one, "s")));
    }

    private static void assertNear(double expected, double actual, String message) {
        assertEquals(expected, actual, PRECISION * Math.abs(expected), message);
    }

    /**
     * A score that is asked for.
     *
     * @param expected what it is, by the score without it and the year
     */
    record Asked(String score, DoubleBinaryOperator expected) {

        @Override
        public String toString() {
            return score;
        }
    }

    static Stream<Asked> scores() {
        return Stream.of(
                new Asked("'boost': {'value': 2.5}", (score, year) -> 2.5 * score),
                new Asked("'boost': {'path': 'year'}", (score, year) -> year * score),
                new Asked(
                        "'boost': {'path': 'year', 'undefined': 3}", (score, year) -> year * score),
                new Asked("'boost': {'path': 'none', 'undefined': 3}", (score, year) -> 3 * score),
                new Asked("'boost': {'path': 'none'}", (score, year) -> 0),
                new Asked("'constant': {'value': 3.5}", (score, year) -> 3.5));
    }

    /**
     * A function of a score.
     *
     * @param expected its value
     */
    private record Function(String written, DoubleBinaryOperator expected) {

        Asked asked() {
            return new Asked("'function': {%s}".formatted(written), expected);
        }

        /** This one of others. */
        static Function of(String name, DoubleBinaryOperator of, Function... parts) {
            String written =
                    Stream.of(parts)
                            .map(part -> "{" + part.written + "}")
                            .collect(Collectors.joining(", ", "'" + name + "': [", "]"));
            return new Function(
                    written,
                    (score, year) ->
                            Stream.of(parts)
                                    .mapToDouble(part -> part.expected.applyAsDouble(score, year))
                                    .reduce(of)
                                    .orElseThrow());
        }

        static Function of(String name, DoubleUnaryOperator of, Function part) {
            return new Function(
                    "'%s': {%s}".formatted(name, part.written),
                    (score, year) -> of.applyAsDouble(part.expected.applyAsDouble(score, year)));
        }
    }

    private static double bell(double year, double offset, double decay) {
        double beyond = Math.max(0, Math.abs(year - 1950) - offset);
        double variance = -100 / (2 * Math.log(decay));
        return Math.exp(-beyond * beyond / (2 * variance));
    }

    /** Every expression, and some inside others. What is below 0, or no number, counts as 0. */
    static Stream<Asked> functions() {
        Function year = new Function("'path': 'year'", (score, at) -> at);
        Function none = new Function("'path': 'none'", (score, at) -> 0);
        Function seven =
                new Function("'path': {'value': 'none', 'undefined': 7}", (score, at) -> 7);
        Function score = new Function("'score': 'relevance'", (relevance, at) -> relevance);
        Function half = new Function("'constant': 0.5", (relevance, at) -> 0.5);
        Function less = new Function("'constant': -2", (relevance, at) -> -2);
        String gauss = "'gauss': {'path': %s, 'origin': 1950, 'scale': 10%s}";
        Function bell =
                new Function(gauss.formatted("'year'", ""), (relevance, at) -> bell(at, 0, 0.5));
        Function wide =
                new Function(
                        gauss.formatted("'year'", ", 'offset': 20, 'decay': 0.8"),
                        (relevance, at) -> bell(at, 20, 0.8));
        Function far =
                new Function(
                        gauss.formatted("{'value': 'none', 'undefined': 1955}", ""),
                        (relevance, at) -> bell(1955, 0, 0.5));
        DoubleBinaryOperator add = Double::sum;
        DoubleBinaryOperator multiply = (left, right) -> left * right;
        DoubleUnaryOperator log1p = value -> Math.log10(value + 1);
        Function product = Function.of("multiply", multiply, bell, score, year);
        return Stream.of(
                        year,
                        new Function("'path': {'value': 'year'}", (relevance, at) -> at),
                        none,
                        seven,
                        score,
                        half,
                        less,
                        bell,
                        wide,
                        far,
                        product,
                        Function.of("add", add, score, half, year),
                        Function.of("add", add, year, less),
                        Function.of("multiply", multiply, less, score),
                        Function.of("multiply", multiply, less, less, score),
                        Function.of("log", Math::log10, year),
                        Function.of("log", Math::log10, none),
                        Function.of("log", Math::log10, less),
                        Function.of("log", Math::log10, half),
                        Function.of("log1p", log1p, year),
                        Function.of("log1p", log1p, none),
                        Function.of("log1p", log1p, score),
                        Function.of("add", add, Function.of("log1p", log1p, product), half))
                .map(Function::asked);
    }

    @ParameterizedTest
    @MethodSource({"scores", "functions"})
    void a_score_is_what_is_asked_for(Asked asked) {
        List<Document> found = found(sea(", 'score': {" + asked.score() + "}"));
        assertEquals(plain.size(), found.size());
        List<Double> scores = new ArrayList<>();
        for (Document one : found) {
            double score = plain.get(id(one));
            double value = asked.expected().applyAsDouble(score, number(one, "year"));
            double expected = Double.isNaN(value) ? 0 : Math.max(0, value);
            assertNear(expected, number(one, "s"), Json.text(one.get("_id")));
            scores.add(number(one, "s"));
        }
        assertEquals(scores.stream().sorted((a, b) -> Double.compare(b, a)).toList(), scores);
    }

    /** A filter adds nothing; the option of a compound is about the sum. */
    @Test
    void scores_of_a_compound_add_up() {
        String clauses =
                "'must': {%s}, 'filter': {'exists': {'path': 'year'}}, 'should': [{'exists':"
                        + " {'path': 'lent', 'score': {'constant': {'value': 3}}}}, {'equals':"
                        + " {'path': '_id', 'value': 3, 'score': {'constant': {'value': 0.5}}}}]";
        String must = sea(", 'score': {'boost': {'value': 2}}");
        Map<Integer, Double> sums = scores("'compound': {%s}".formatted(clauses.formatted(must)));
        Map<Integer, Double> others = Map.of(1, 3.0, 2, 3.0, 3, 0.5);
        others.forEach((id, more) -> assertNear(2 * plain.get(id) + more, sums.get(id), "" + id));
        String boosted =
                "'compound': {%s, 'score': {'boost': {'path': 'year'}}}"
                        .formatted(clauses.formatted(must));
        for (Document one : found(boosted)) {
            double expected = sums.get(id(one)) * number(one, "year");
            assertNear(expected, number(one, "s"), Json.text(one.get("_id")));
        }
    }

    static Stream<String> explained() {
        String expression =
                ", 'score': {'function': {'add': [{'multiply': [{'score': 'relevance'}, {'path':"
                        + " 'year'}]}, {'log': {'path': 'year'}}, {'log1p': {'constant': 5}},"
                        + " {'gauss': {'path': 'year', 'origin': 1950, 'scale': 10}}]}}";
        String old = "{'text': {'query': 'old man', 'path': 'title'}}";
        String exists = "{'exists': {'path': 'lent', 'score': {'constant': {'value': 3}}}}";
        return Stream.of(
                sea(""),
                sea(", 'score': {'boost': {'value': 2.5}}"),
                sea(", 'score': {'boost': {'path': 'year'}}"),
                sea(", 'score': {'constant': {'value': 4}}"),
                sea(expression),
                sea(", 'score': {'function': {'log': {'path': 'none'}}}"),
                "'near': {'path': 'year', 'origin': 1870, 'pivot': 2}",
                "'compound': {'must': {%s}, 'should': [%s, %s]}".formatted(sea(""), old, exists),
                "'compound': {'must': {%s}, 'score': {'boost': {'path': 'year'}}}"
                        .formatted(sea("")));
    }

    @ParameterizedTest
    @MethodSource("explained")
    void details_tell_how_a_score_came_about(String search) {
        List<Document> found =
                server.run(
                        "{'$search': {%s, 'scoreDetails': true}}, {'$set': {'s': {'$meta':"
                                        .formatted(search)
                                + " 'searchScore'}, 'd': {'$meta': 'searchScoreDetails'}}}");
        assertTrue(found.size() >= plain.size());
        for (Document one : found) {
            Document details = CommandServer.part(one, "d");
            String text = Json.text(details);
            assertTrue(!text.contains("Lambda") && !text.contains("@"), text);
            assertNear(number(one, "s"), number(details, "value"), text);
            requireSense(details, one);
        }
    }

    /** Every part has the value that its description makes of the parts below it. */
    private static void requireSense(Document details, Document found) {
        List<Document> parts = new ArrayList<>();
        ((ArrayValue) details.get("details")).forEach(part -> parts.add((Document) part));
        String text = Json.text(details);
        if (parts.isEmpty()) {
            boolean isYear = text.contains("path(year)");
            double value = isYear ? number(found, "year") : number(details, "value");
            assertEquals(value, number(details, "value"), text);
            return;
        }
        String description = ((StringValue) details.get("description")).value();
        double[] values = parts.stream().mapToDouble(part -> number(part, "value")).toArray();
        assertNear(value(description, values), number(details, "value"), text);
        parts.forEach(part -> requireSense(part, found));
    }

    /** What a description makes of the values of its parts, in their order. */
    private static double value(String description, double[] of) {
        String kind = description.replaceFirst("[(,:].*", "");
        return switch (kind) {
            case "weight", "sum of", "add" -> DoubleStream.of(of).sum();
            case "multiply" -> product(of);
            case "log" -> Math.log10(of[0]);
            case "log1p" -> Math.log10(of[0] + 1);
            case "gauss" -> bell(of[0], 0, 0.5);
            case "idf" -> Math.log(1 + (of[1] - of[0] + 0.5) / (of[0] + 0.5));
            case "tf" -> of[0] / (of[0] + of[1] * (1 - of[2] + of[2] * of[3] / of[4]));
            case "score" ->
                    description.contains("computed as boost * idf * tf")
                            ? product(of)
                            : Math.max(0, of[0]);
            default -> throw new AssertionError(description);
        };
    }

    private static double product(double[] of) {
        return DoubleStream.of(of).reduce(1, (left, right) -> left * right);
    }
}
