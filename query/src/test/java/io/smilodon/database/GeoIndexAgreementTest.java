package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.geo.GeoPlaces;
import io.smilodon.index.geo.Nearness;
import io.smilodon.index.geo.StoredGeometry;
import io.smilodon.query.predicate.Near;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.PredicateParser;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Queries through geospatial indexes against looking at every document. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GeoIndexAgreementTest {

    private static final int CASES = Integer.getInteger("smilodon.geo.cases", 40) / 40;
    private static final int DOCUMENTS = 80;
    private static final int QUERIES = 8;

    private Random random = new Random(0);
    private RandomGeoJson shapes = new RandomGeoJson(random);
    private int hits;

    @Test
    void places_on_the_sphere() {
        for (int round = 0; round < CASES; round++) {
            run("{'key':{'a':'2dsphere'},'name':'g'}", true);
            run("{'key':{'k':1,'a':'2dsphere','m':-1},'name':'g'}", true);
        }
        assertTrue(hits > QUERIES, "found: " + hits);
    }

    @Test
    void places_in_a_plane() {
        for (int round = 0; round < CASES; round++) {
            run("{'key':{'a':'2d'},'name':'g'}", false);
            run("{'key':{'a':'2d','k':1},'name':'g','bits':8}", false);
        }
    }

    private void run(String index, boolean isSphere) {
        long seed = Seeds.next();
        random = new Random(seed);
        shapes = new RandomGeoJson(random);
        try (Smilodon smilodon = Smilodon.inMemory()) {
            DocumentCollection indexed = smilodon.database("d").collection("indexed");
            DocumentCollection plain = smilodon.database("d").collection("plain");
            indexed.createIndex(read(index));
            for (int id = 0; id < DOCUMENTS; id++) {
                Document document = document(id, isSphere);
                indexed.insertOne(document);
                plain.insertOne(document);
            }
            changeSome(indexed, plain, isSphere);
            for (int query = 0; query < QUERIES; query++) {
                String filter = filter(isSphere);
                Set<String> expected = ids(plain.find(FindRequest.of(read(filter))));
                hits += expected.size();
                assertEquals(
                        expected,
                        ids(indexed.find(FindRequest.of(read(filter)).withHint(Value.of("g")))),
                        () -> "seed " + seed + ": " + filter);
                compareNear(indexed, plain, near(isSphere), seed);
            }
            assertTrue(indexed.verify().isEmpty(), () -> "seed " + seed);
        }
    }

    private void changeSome(
            DocumentCollection indexed, DocumentCollection plain, boolean isSphere) {
        for (int change = 0; change < DOCUMENTS / 4; change++) {
            Document filter = Document.of("_id", Value.of(random.nextInt(DOCUMENTS)));
            if (random.nextInt(3) == 0) {
                indexed.deleteOne(filter);
                plain.deleteOne(filter);
            } else {
                Document other = document(0, isSphere).without("_id");
                indexed.replaceOne(filter, other);
                plain.replaceOne(filter, other);
            }
        }
    }

    private static void compareNear(
            DocumentCollection indexed, DocumentCollection plain, String filter, long seed) {
        Predicate parsed = PredicateParser.parseQuery(read(filter), Location.ROOT, Set.of());
        Predicate.And all = (Predicate.And) parsed;
        Predicate.At at = (Predicate.At) all.children().get(0);
        Nearness nearness = ((Near) at.test()).nearness();
        List<Double> expected = new ArrayList<>();
        try (DocumentCursor documents = plain.find(FindRequest.of(Document.EMPTY))) {
            while (documents.hasNext()) {
                Document document = documents.next();
                OptionalDouble distance = distance(document, nearness);
                if (distance.isPresent()
                        && nearness.accepts(distance.getAsDouble())
                        && parsed.matches(document)) {
                    expected.add(distance.getAsDouble());
                }
            }
        }
        expected.sort(null);
        List<Double> found = new ArrayList<>();
        Set<Value> ids = new TreeSet<>(ValueOrder.ASCENDING);
        try (DocumentCursor documents = indexed.find(FindRequest.of(read(filter)))) {
            while (documents.hasNext()) {
                Document document = documents.next();
                found.add(distance(document, nearness).orElseThrow());
                assertTrue(ids.add(document.get("_id")), () -> "seed " + seed);
            }
        }
        assertEquals(expected, found, () -> "seed " + seed + ": " + filter);
    }

    private static OptionalDouble distance(Document document, Nearness nearness) {
        return GeoPlaces.single(document, FieldPath.parse("a")).stream()
                .flatMap(place -> StoredGeometry.find(place).stream())
                .map(nearness::distance)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .min();
    }

    private static Set<String> ids(DocumentCursor cursor) {
        Set<String> ids = new TreeSet<>();
        try (cursor) {
            while (cursor.hasNext()) {
                ids.add(cursor.next().get("_id").toString());
            }
        }
        return ids;
    }

    private static Document read(String json) {
        return ExtendedJson.readDocument(json.replace('\'', '"'));
    }

    private Document document(int id, boolean isSphere) {
        String place = isSphere ? placeOnSphere() : placeInPlane();
        return read(
                "{'_id':"
                        + id
                        + ",'k':"
                        + random.nextInt(3)
                        + ",'m':"
                        + random.nextInt(3)
                        + ",'a':"
                        + place
                        + "}");
    }

    private String placeOnSphere() {
        return switch (random.nextInt(8)) {
            case 0 -> pair();
            case 1 -> "null";
            default -> shapes.any();
        };
    }

    private String placeInPlane() {
        return switch (random.nextInt(4)) {
            case 0 -> "[" + pair() + "," + pair() + "]";
            case 1 -> "[]";
            default -> pair();
        };
    }

    private String pair() {
        return RandomGeoJson.pair(shapes.spot());
    }

    private String rest() {
        return switch (random.nextInt(3)) {
            case 0 -> ",'k':1";
            case 1 -> ",'k':{'$in':[0,2]},'m':{'$lt':2}";
            default -> "";
        };
    }

    private String filter(boolean isSphere) {
        String shape;
        if (random.nextInt(3) == 0) {
            double radius = Math.pow(random.nextDouble(), 4) * 4;
            shape = "'$centerSphere':[" + pair() + "," + radius + "]";
        } else if (isSphere) {
            shape = "'$geometry':" + shapes.area();
        } else {
            shape =
                    switch (random.nextInt(3)) {
                        case 0 -> "'$box':[" + pair() + "," + pair() + "]";
                        case 1 -> "'$center':[" + pair() + "," + random.nextDouble() * 90 + "]";
                        default -> "'$polygon':[" + pair() + "," + pair() + "," + pair() + "]";
                    };
        }
        boolean isWithin = !isSphere || random.nextBoolean();
        String operator = isWithin ? "$geoWithin" : "$geoIntersects";
        if (!isWithin && random.nextInt(3) == 0) {
            shape = "'$geometry':" + shapes.any();
        }
        return "{'a':{'" + operator + "':{" + shape + "}}" + rest() + "}";
    }

    private String near(boolean isSphere) {
        boolean isGeoJson = isSphere && random.nextBoolean();
        double least = random.nextInt(3) == 0 ? random.nextDouble() : 0;
        double most = random.nextInt(3) == 0 ? 0.5 + random.nextDouble() * 2 : 1000;
        if (isGeoJson) {
            return "{'a':{'$near':{'$geometry':"
                    + shapes.point()
                    + ",'$minDistance':"
                    + least * 1e6
                    + ",'$maxDistance':"
                    + most * 1e6
                    + "}},'k':{'$gte':"
                    + random.nextInt(2)
                    + "}}";
        }
        String operator = isSphere || random.nextBoolean() ? "$nearSphere" : "$near";
        return "{'a':{'"
                + operator
                + "':"
                + pair()
                + ",'$minDistance':"
                + least
                + ",'$maxDistance':"
                + most
                + "},'m':{'$gte':"
                + random.nextInt(2)
                + "}}";
    }
}
