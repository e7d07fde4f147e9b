package io.smilodon.query.plan;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import java.util.Random;

/**
 * Random places in two fields of their own, their indexes and what filters ask of them: {@code p}
 * has places on the sphere, {@code q} pairs. All lie close together, so that they meet.
 */
final class RandomPlaces {

    private final Random random;

    RandomPlaces(Random random) {
        this.random = random;
    }

    void addTo(DocumentBuilder document) {
        String sphere =
                switch (random.nextInt(9)) {
                    case 0 -> "null";
                    case 1 -> line();
                    case 2, 3 -> polygon();
                    case 4 -> pair();
                    default -> point();
                };
        String plane =
                switch (random.nextInt(6)) {
                    case 0 -> "[]";
                    case 1 -> "[" + pair() + "," + pair() + "]";
                    default -> pair();
                };
        if (random.nextInt(5) > 0) {
            document.put("p", value(sphere));
        }
        if (random.nextInt(5) > 0) {
            document.put("q", value(plane));
        }
    }

    /**
     * An index of one of the fields.
     *
     * @param other a path that may be in it too
     */
    Document index(String other) {
        DocumentBuilder key = Document.builder();
        boolean isSphere = random.nextInt(3) > 0;
        if (isSphere && random.nextInt(3) == 0) {
            key.put(other, 1);
        }
        key.put(isSphere ? "p" : "q", isSphere ? "2dsphere" : "2d");
        Document pattern = key.build();
        boolean hasMore = pattern.size() == 1 && random.nextInt(3) == 0;
        return Document.of("key", hasMore ? pattern.with(other, Value.of(-1)) : pattern);
    }

    /** Whether it is an index in a plane: those have no collation. */
    static boolean isInPlane(Document index) {
        for (Field part : (Document) index.get("key")) {
            if (part.value().equals(Value.of("2d"))) {
                return true;
            }
        }
        return false;
    }

    /** Asks for nothing else, so that more is found. */
    Document condition() {
        DocumentBuilder filter = Document.builder();
        addConditionTo(filter);
        return filter.build();
    }

    void addConditionTo(DocumentBuilder filter) {
        boolean isSphere = random.nextInt(3) > 0;
        Value asked = value(isSphere ? onSphere() : inPlane());
        filter.put(
                isSphere ? "p" : "q", random.nextInt(6) == 0 ? Document.of("$not", asked) : asked);
    }

    /** Asks for the nearest, in each of its forms: mostly within some distance. */
    Document nearest() {
        String field = random.nextInt(3) > 0 ? "p" : "q";
        boolean isMetres = field.equals("p") && random.nextBoolean();
        boolean isPlane = field.equals("q") && random.nextBoolean();
        String operator = isPlane || isMetres && random.nextBoolean() ? "$near" : "$nearSphere";
        double unit = isMetres ? 100_000 : isPlane ? 0.5 : 0.01;
        String limits =
                (random.nextInt(3) > 0 ? ",'$maxDistance':" + unit * random.nextInt(7) : "")
                        + (random.nextInt(3) == 0 ? ",'$minDistance':" + unit : "");
        return Document.of(
                field,
                value(
                        isMetres
                                ? asked(operator, "'$geometry':" + point() + limits)
                                : "{'" + operator + "':" + pair() + limits + "}"));
    }

    private String onSphere() {
        String shape =
                random.nextInt(3) == 0
                        ? circle("$centerSphere", 0.03)
                        : "'$geometry':" + (random.nextInt(3) == 0 ? point() : polygon());
        boolean isArea = !shape.contains("Point");
        return asked(isArea && random.nextBoolean() ? "$geoWithin" : "$geoIntersects", shape);
    }

    private String inPlane() {
        String shape =
                switch (random.nextInt(4)) {
                    case 0 -> "'$box':[" + pair() + "," + pair() + "]";
                    case 1 -> circle("$center", 2);
                    case 2 -> "'$polygon':[" + pair() + "," + pair() + "," + pair() + "]";
                    default -> circle("$centerSphere", 0.03);
                };
        return asked("$geoWithin", shape);
    }

    private static String asked(String operator, String shape) {
        return "{'" + operator + "':{" + shape + "}}";
    }

    private String circle(String operator, double radiusMax) {
        return "'" + operator + "':[" + pair() + "," + radiusMax * random.nextInt(5) / 4 + "]";
    }

    private String pair() {
        return "[" + coordinate() + "," + coordinate() + "]";
    }

    private double coordinate() {
        return random.nextInt(9) / 2.0;
    }

    private String point() {
        return "{'type':'Point','coordinates':" + pair() + "}";
    }

    private String line() {
        double x = coordinate();
        return "{'type':'LineString','coordinates':[" + at(x, 1) + "," + at(x + 1, 2) + "]}";
    }

    private String polygon() {
        double x = coordinate();
        double y = coordinate();
        double size = 0.001 + random.nextInt(3);
        String low = at(x, y);
        return "{'type':'Polygon','coordinates':[["
                + String.join(",", low, at(x + size, y), at(x, y + size), low)
                + "]]}";
    }

    private static String at(double x, double y) {
        return "[" + x + "," + y + "]";
    }

    private static Value value(String json) {
        return ExtendedJson.readDocument("{\"v\":" + json.replace('\'', '"') + "}").get("v");
    }
}
