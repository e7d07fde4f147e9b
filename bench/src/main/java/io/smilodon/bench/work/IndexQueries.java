package io.smilodon.bench.work;

import io.smilodon.bench.corpus.Circle;
import io.smilodon.bench.corpus.Hexagon;
import io.smilodon.bench.corpus.Person;
import io.smilodon.bench.corpus.Question;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** The queries of W5 to W12, by name. */
final class IndexQueries {

    private static final int PAGE = 100;
    private static final int NEWEST = 20;
    private static final int BEST = 10;

    /** So much of a shape's size is neither surely in it nor surely outside: some 5 m. */
    private static final double EDGE = 0.001;

    private IndexQueries() {}

    static Map<String, Workload> all() {
        Map<String, Workload> all = new LinkedHashMap<>();
        all.put(
                "W5",
                any(
                        (queries, question, limit) -> queries.withEmail(question.email()),
                        1,
                        question -> person -> person.email().equals(question.email())));
        all.put("W6", fromScore());
        all.put("W7", newest());
        all.put(
                "W8",
                any(
                        (queries, question, limit) -> queries.tagged(question.tag(), limit),
                        PAGE,
                        question -> person -> person.tags().contains(question.tag())));
        all.put("W9", count());
        all.put(
                "W10",
                new IndexQuery(
                        (queries, question, limit) -> queries.byLastName(),
                        Integer.MAX_VALUE,
                        Integer.MAX_VALUE,
                        question -> new ExpectedGroups()));
        all.put(
                "W11",
                any(
                        (queries, question, limit) ->
                                queries.withWords(question.word(), question.otherWord(), limit),
                        BEST,
                        IndexQueries::hasWord));
        all.put("W12a", near());
        all.put("W12b", inside());
        return all;
    }

    /** One that may take any of the documents that match: compared without its limit. */
    private static IndexQuery any(
            IndexQuery.Asker asker, int limit, Function<Question, Predicate<Person>> matching) {
        return new IndexQuery(
                asker,
                limit,
                Integer.MAX_VALUE,
                question -> ExpectedSum.scores(matching.apply(question)));
    }

    private static IndexQuery fromScore() {
        return new IndexQuery(
                (queries, question, limit) -> queries.fromScore(question.score(), limit),
                PAGE,
                PAGE,
                question ->
                        new ExpectedFirst(
                                person -> person.score() >= question.score(), Person::score, PAGE));
    }

    private static IndexQuery newest() {
        return new IndexQuery(
                (queries, question, limit) -> queries.newestOf(question.city(), limit),
                NEWEST,
                NEWEST,
                question ->
                        new ExpectedFirst(
                                person -> person.city().equals(question.city()),
                                person -> -person.created(),
                                NEWEST));
    }

    private static IndexQuery count() {
        return new IndexQuery(
                (queries, question, limit) ->
                        queries.count(
                                question.country(), question.visitsMin(), question.balanceMax()),
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                question ->
                        ExpectedSum.count(
                                person ->
                                        person.country().equals(question.country())
                                                && person.visits() >= question.visitsMin()
                                                && person.balance() < question.balanceMax()));
    }

    private static Predicate<Person> hasWord(Question question) {
        return person -> {
            List<String> words = List.of(person.text().split(" "));
            return words.contains(question.word()) || words.contains(question.otherWord());
        };
    }

    private static IndexQuery near() {
        return new IndexQuery(
                (queries, question, limit) -> queries.near(question.near(), limit),
                PAGE,
                Integer.MAX_VALUE,
                question ->
                        ExpectedSum.scores(
                                isIn(question.near().times(1 - EDGE)),
                                isIn(question.near().times(1 + EDGE))));
    }

    private static Predicate<Person> isIn(Circle circle) {
        return person -> circle.contains(person.longitude(), person.latitude());
    }

    private static IndexQuery inside() {
        return new IndexQuery(
                (queries, question, limit) -> queries.inside(question.around().hexagon()),
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                question ->
                        ExpectedSum.scores(
                                isIn(question.around().times(1 - EDGE).hexagon()),
                                isIn(question.around().times(1 + EDGE).hexagon())));
    }

    private static Predicate<Person> isIn(Hexagon hexagon) {
        return person -> hexagon.contains(person.longitude(), person.latitude());
    }
}
