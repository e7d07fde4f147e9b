package io.smilodon.bench.peer;

import io.smilodon.bench.corpus.Circle;
import io.smilodon.bench.corpus.Hexagon;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.DocumentCursor;
import io.smilodon.database.FindRequest;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Queries as MongoDB's language has them. */
record SmilodonQueries(DocumentCollection people) implements Queries {

    private static final Value UP = Value.of(1);
    private static final Value DOWN = Value.of(-1);
    private static final Document BY_SCORE = Document.of("score", UP);
    private static final Document NEWEST = Document.of("created", DOWN);
    private static final Document BEST =
            Document.of("rank", Document.of("$meta", Value.of("textScore")));
    private static final List<Document> GROUP =
            List.of(
                    Document.of(
                            "$group",
                            Document.of("_id", Value.of("$name.last"))
                                    .with("visits", Document.of("$sum", Value.of("$visits")))
                                    .with("score", Document.of("$avg", Value.of("$score")))));

    @Override
    public void createIndexes() {
        people.createIndex(
                Document.of("key", Document.of("email", UP)).with("unique", Value.of(true)));
        people.createIndex(Document.of("key", BY_SCORE));
        people.createIndex(Document.of("key", Document.of("city", UP).with("created", DOWN)));
        people.createIndex(Document.of("key", Document.of("tags", UP)));
        people.createIndex(
                Document.of("key", Document.of("text", Value.of("text")))
                        .with("default_language", Value.of("none")));
        people.createIndex(Document.of("key", Document.of("location", Value.of("2dsphere"))));
    }

    private long sum(FindRequest request) {
        long sum = 0;
        try (DocumentCursor found = people.find(request)) {
            while (found.hasNext()) {
                sum += ((Int32Value) found.next().get("score")).value();
            }
        }
        return sum;
    }

    @Override
    public long withEmail(String email) {
        return sum(FindRequest.of(Document.of("email", Value.of(email))));
    }

    @Override
    public long fromScore(int score, int limit) {
        Document filter = Document.of("score", Document.of("$gte", Value.of(score)));
        return sum(FindRequest.of(filter).withSort(BY_SCORE).withLimit(limit));
    }

    @Override
    public long newestOf(String city, int limit) {
        Document filter = Document.of("city", Value.of(city));
        return sum(FindRequest.of(filter).withSort(NEWEST).withLimit(limit));
    }

    @Override
    public long tagged(String tag, int limit) {
        return sum(FindRequest.of(Document.of("tags", Value.of(tag))).withLimit(limit));
    }

    @Override
    public long count(String country, int visitsMin, double balanceMax) {
        return people.count(
                Document.of("address.country", Value.of(country))
                        .with("visits", Document.of("$gte", Value.of(visitsMin)))
                        .with("balance", Document.of("$lt", Value.of(balanceMax))));
    }

    @Override
    public long byLastName() {
        long marks = 0;
        try (DocumentCursor groups = people.aggregate(GROUP)) {
            while (groups.hasNext()) {
                Document group = groups.next();
                marks +=
                        Queries.mark(
                                ((StringValue) group.get("_id")).value(),
                                ((Int32Value) group.get("visits")).value(),
                                ((DoubleValue) group.get("score")).value());
            }
        }
        return marks;
    }

    @Override
    public long withWords(String word, String otherWord, int limit) {
        Document search = Document.of("$search", Value.of(word + ' ' + otherWord));
        return sum(FindRequest.of(Document.of("$text", search)).withSort(BEST).withLimit(limit));
    }

    @Override
    public long near(Circle circle, int limit) {
        Value around =
                ArrayValue.of(
                        List.of(
                                point(circle.longitude(), circle.latitude()),
                                Value.of(circle.radians())));
        return sum(inside(Document.of("$centerSphere", around)).withLimit(limit));
    }

    @Override
    public long inside(Hexagon hexagon) {
        List<Value> ring = new ArrayList<>();
        for (int corner = 0; corner <= Hexagon.CORNERS; corner++) {
            int at = corner % Hexagon.CORNERS; // the last is the first
            ring.add(point(hexagon.longitudes()[at], hexagon.latitudes()[at]));
        }
        Document polygon =
                Document.of("type", Value.of("Polygon"))
                        .with("coordinates", ArrayValue.of(List.of(ArrayValue.of(ring))));
        return sum(inside(Document.of("$geometry", polygon)));
    }

    private static ArrayValue point(double longitude, double latitude) {
        return ArrayValue.of(List.of(Value.of(longitude), Value.of(latitude)));
    }

    private static FindRequest inside(Document shape) {
        return FindRequest.of(Document.of("location", Document.of("$geoWithin", shape)));
    }
}
