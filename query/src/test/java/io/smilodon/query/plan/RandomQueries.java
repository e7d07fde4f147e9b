package io.smilodon.query.plan;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.testing.RandomValues;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.collation.Collation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Random documents, indexes, filters, sorts and projections from a seed, over few paths and few
 * values, so that they meet. Each seed has its own share of arrays, from none to many.
 */
final class RandomQueries {

    private static final List<String> PATHS =
            List.of("a", "b", "c", "a.x", "a.y", "b.x", "a.x.z", "a.y.z", "a.0", "a.0.x", "c.1");
    private static final List<String> INNER_PATHS = List.of("x", "y", "x.z", "y.z", "0");
    private static final List<String> TYPES =
            List.of("int", "number", "string", "array", "object", "null", "bool", "double");

    private static final int MANY_IDS = 40;

    private static final Document CASELESS =
            Document.builder().put("locale", "en").put("strength", 2).build();

    private final Random random;
    private final RandomValues values;
    private final int arraysInHundred;
    private final int oddInHundred;
    private final int idsInHundred;
    private final int placesInHundred;
    private final RandomPlaces places;
    private final RandomWildcards wildcards;
    private final RandomPatterns patterns;
    private final int wordsInHundred;
    private final RandomWords words;
    private final Document collation;
    private final List<String> favourites;
    private final List<Document> partialFilters = new ArrayList<>();

    RandomQueries(long seed) {
        this(seed, List.of(0, 30).get(new Random(~seed).nextInt(2)));
    }

    /**
     * @param placesInHundred how often places are asked for; for 0 there are none
     */
    RandomQueries(long seed, int placesInHundred) {
        random = new Random(seed);
        values = new RandomValues(seed);
        arraysInHundred = List.of(0, 0, 5, 25, 50).get(random.nextInt(5));
        oddInHundred = List.of(0, 0, 5, 20).get(random.nextInt(4));
        idsInHundred = List.of(5, 5, MANY_IDS).get(random.nextInt(3));
        this.placesInHundred = placesInHundred;
        places = new RandomPlaces(random);
        wildcards = new RandomWildcards(random);
        patterns = new RandomPatterns(random);
        wordsInHundred = List.of(0, 0, 20).get(random.nextInt(3));
        words = new RandomWords(random);
        collation = chance(25) ? CASELESS : Document.EMPTY;
        favourites = List.of(oneOf(PATHS), oneOf(PATHS), oneOf(PATHS));
    }

    int nextInt(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(int inHundred) {
        return random.nextInt(100) < inHundred;
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Mostly one of the few paths that this seed favours, so that filters meet indexes. */
    String path() {
        return chance(75) ? oneOf(favourites) : oneOf(PATHS);
    }

    Document document(int id) {
        DocumentBuilder builder = Document.builder().put("_id", id(id));
        for (String name : List.of("a", "b", "c")) {
            if (chance(85)) {
                builder.put(name, name.equals("c") && !chance(30) ? scalar() : value(2));
            }
        }
        if (placesInHundred > 0) {
            places.addTo(builder);
        }
        if (wordsInHundred > 0) {
            words.addTo(builder);
        }
        return builder.build();
    }

    Value id(int number) {
        return idsInHundred < MANY_IDS ? Value.of(number) : MixedIds.of(number);
    }

    private Value value(int depth) {
        if (chance(arraysInHundred)) {
            return array(depth);
        }
        return depth > 0 && chance(45) ? object(depth) : scalar();
    }

    private Value array(int depth) {
        List<Value> elements = new ArrayList<>();
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            elements.add(depth > 0 ? value(depth - 1) : scalar());
        }
        return ArrayValue.of(elements);
    }

    private Document object(int depth) {
        DocumentBuilder builder = Document.builder();
        for (String name : List.of("x", "y", "z", "0")) {
            if (chance(name.equals("0") ? 2 : 55)) {
                builder.put(name, value(depth - 1));
            }
        }
        return builder.build();
    }

    private Value scalar() {
        if (chance(oddInHundred)) {
            return values.next();
        }
        return switch (chance(patterns.textsInHundred()) ? 3 : random.nextInt(16)) {
            case 0 -> NullValue.INSTANCE;
            case 1 -> Value.of(random.nextInt(4) / 2.0);
            case 2 -> Value.of((long) random.nextInt(4));
            case 3, 4 -> patterns.text();
            case 5 -> Value.of(random.nextBoolean());
            default -> Value.of(random.nextInt(6));
        };
    }

    /** Of every type that keeps its entries in order, some of them partial. */
    Document index() {
        Document specification =
                wordsInHundred > 0 && chance(25) ? words.index(path()) : indexOfValues();
        boolean isPartial = !specification.has("sparse") && chance(25);
        specification = chance(5) ? specification.with("hidden", Value.of(true)) : specification;
        return isPartial
                ? specification.with("partialFilterExpression", partialFilter())
                : specification;
    }

    private Document indexOfValues() {
        Document specification =
                switch (random.nextInt(placesInHundred > 0 ? 12 : 9)) {
                    case 0 -> hashedIndex();
                    case 1, 2, 3 -> wildcards.index();
                    case 9, 10, 11 -> indexOfPlaces();
                    default -> orderedIndex();
                };
        return !RandomPlaces.isInPlane(specification) && !collation.isEmpty() && chance(50)
                ? specification.with("collation", collation)
                : specification;
    }

    /** How a query compares strings: mostly as some of the indexes do. */
    Collation collation() {
        return chance(70)
                ? Collation.parse(collation, Location.ROOT).orElse(Collation.SIMPLE)
                : Collation.SIMPLE;
    }

    private Document hashedIndex() {
        DocumentBuilder key = Document.builder();
        String hashed = path();
        String other = path();
        boolean isFirst = chance(70);
        if (!isFirst && !other.equals(hashed)) {
            key.put(other, -1);
        }
        key.put(hashed, "hashed");
        if (isFirst && !other.equals(hashed) && chance(50)) {
            key.put(other, 1);
        }
        Document specification = Document.of("key", key.build());
        return chance(20) ? specification.with("sparse", Value.of(true)) : specification;
    }

    /** Remembered, so that queries come that ask for it. */
    private Document partialFilter() {
        Document filter =
                switch (random.nextInt(4)) {
                    case 0 -> Document.of(path(), Document.of("$exists", Value.of(true)));
                    case 1 ->
                            Document.of(
                                    "$or",
                                    ArrayValue.of(
                                            Document.of(path(), partialCondition()),
                                            Document.of(path(), partialCondition())));
                    default -> Document.of(path(), partialCondition());
                };
        partialFilters.add(filter);
        return filter;
    }

    private Value partialCondition() {
        return switch (random.nextInt(6)) {
            case 0 -> operand();
            case 1 -> Document.of("$in", list(this::operand, 1));
            case 2 -> Document.of("$type", Value.of(oneOf(TYPES)));
            case 3 -> Document.of("$exists", Value.of(true));
            case 4 -> Document.of("$lt", operand());
            default -> Document.of(chance(50) ? "$gt" : "$gte", Value.of(random.nextInt(4)));
        };
    }

    private Document orderedIndex() {
        DocumentBuilder key = Document.builder();
        int parts = 1 + random.nextInt(3);
        for (int i = 0; i < parts; i++) {
            key.put(path(), random.nextInt(3) == 0 ? -1 : 1);
        }
        if (chance(40)) {
            key.put(ordered(), chance(50) ? -1 : 1);
        }
        if (chance(10)) {
            key.put(idPath(), 1);
        }
        Document pattern = key.build();
        Document specification = Document.of("key", pattern);
        if (pattern.size() == 1 && !pattern.has("_id") && chance(15)) {
            specification = specification.with("expireAfterSeconds", Value.of(3600));
        }
        specification = chance(20) ? specification.with("sparse", Value.of(true)) : specification;
        return chance(10) ? specification.with("unique", Value.of(true)) : specification;
    }

    Document filter() {
        Document filter = chance(12) ? alternatives() : filter(PATHS, 2);
        filter = chance(placesInHundred) ? places.condition() : filter;
        if (chance(wordsInHundred)) {
            return chance(40) ? words.search() : words.search(filter);
        }
        return !partialFilters.isEmpty() && chance(20)
                ? Document.of("$and", ArrayValue.of(oneOf(partialFilters), filter))
                : filter;
    }

    Document nearest() {
        return places.nearest();
    }

    Document indexOfPlaces() {
        return places.index(path());
    }

    /** By what many queries are sorted. */
    private String ordered() {
        return favourites.get(2);
    }

    /** What several indexes may find in one order. */
    private Document alternatives() {
        return Document.of("$or", list(() -> Document.of(path(), alternative()), 2));
    }

    private Value alternative() {
        return chance(70) ? scalar() : Document.of("$in", list(this::scalar, 1));
    }

    private Document filter(List<String> paths, int depth) {
        if (depth > 0 && chance(25)) {
            return Document.of(
                    oneOf(List.of("$and", "$or", "$or", "$nor")),
                    list(() -> filter(paths, depth - 1), 1));
        }
        DocumentBuilder builder = Document.builder();
        int fields = 1 + random.nextInt(3);
        for (int i = 0; i < fields; i++) {
            String name = paths.equals(PATHS) ? path() : oneOf(paths);
            builder.put(
                    depth > 0 && paths.equals(PATHS) && chance(idsInHundred) ? idPath() : name,
                    condition(depth));
        }
        if (paths.equals(PATHS) && chance(placesInHundred / 2)) {
            places.addConditionTo(builder);
        }
        return depth > 0 && chance(15)
                ? builder.put("$or", list(() -> filter(paths, depth - 1), 1)).build()
                : builder.build();
    }

    private String idPath() {
        return idsInHundred == MANY_IDS && chance(15) ? "_id.x" : "_id";
    }

    private Value condition(int depth) {
        return chance(30) ? operand() : operators(depth);
    }

    private Document operators(int depth) {
        if (chance(25)) {
            return range();
        }
        Document operators = operator(depth);
        return chance(25)
                ? Document.builder().putAll(operators).putAll(operator(depth)).build()
                : operators;
    }

    private Document range() {
        int low = random.nextInt(5);
        return Document.builder()
                .put(random.nextBoolean() ? "$gt" : "$gte", low)
                .put(random.nextBoolean() ? "$lt" : "$lte", low + random.nextInt(3))
                .build();
    }

    private Document operator(int depth) {
        return switch (random.nextInt(23)) {
            case 0, 1 -> Document.of("$gt", operand());
            case 2 -> Document.of("$gte", operand());
            case 3, 4 -> Document.of("$lt", operand());
            case 5 -> Document.of("$lte", operand());
            case 6 -> Document.of("$eq", operand());
            case 7, 8 -> Document.of("$ne", operand());
            case 9, 10 -> Document.of("$in", list(this::operand, 0));
            case 11 -> Document.of("$nin", list(this::operand, 0));
            case 12 -> Document.of("$exists", Value.of(random.nextBoolean()));
            case 13 -> Document.of("$type", Value.of(oneOf(TYPES)));
            case 14 -> Document.of("$size", Value.of(random.nextInt(3)));
            case 15 -> Document.of("$mod", ArrayValue.of(Value.of(2), Value.of(1)));
            case 16, 17 -> patterns.condition();
            case 18 -> Document.of("$all", list(this::operand, 1));
            case 19 ->
                    depth > 0
                            ? Document.of("$not", operators(depth - 1))
                            : Document.of("$ne", operand());
            default ->
                    depth > 0
                            ? Document.of("$elemMatch", elementCondition(depth - 1))
                            : Document.of("$gte", operand());
        };
    }

    private Document elementCondition(int depth) {
        return chance(50) ? operators(depth) : filter(INNER_PATHS, depth);
    }

    Value operand() {
        return switch (random.nextInt(12)) {
            case 0 -> NullValue.INSTANCE;
            case 1 -> array(1);
            case 2 -> object(1);
            default -> {
                Value scalar = scalar();
                yield scalar instanceof RegexValue ? Value.of(1) : scalar;
            }
        };
    }

    private ArrayValue list(Supplier<? extends Value> element, int sizeMin) {
        List<Value> elements = new ArrayList<>();
        int size = sizeMin + random.nextInt(3);
        for (int i = 0; i < size; i++) {
            elements.add(element.get());
        }
        return ArrayValue.of(elements);
    }

    Document sort() {
        if (chance(40)) {
            return Document.of(ordered(), Value.of(chance(50) ? 1 : -1));
        }
        DocumentBuilder builder = Document.builder();
        int parts = 1 + random.nextInt(2);
        for (int i = 0; i < parts; i++) {
            builder.put(
                    chance(Math.max(8, idsInHundred)) ? "_id" : path(),
                    random.nextBoolean() ? 1 : -1);
        }
        return builder.build();
    }

    Document projection() {
        DocumentBuilder builder =
                chance(80) ? Document.builder().put("_id", 0) : Document.builder();
        builder.put(oneOf(List.of("a", "b", "b.x", "a.x")), 1);
        return chance(40) ? builder.put(oneOf(List.of("c", "c.x")), 1).build() : builder.build();
    }
}
