package io.smilodon.bench.peer;

import com.arcadedb.database.Database;
import com.arcadedb.index.IndexCursor;
import com.arcadedb.index.TypeIndex;
import com.arcadedb.query.sql.executor.Result;
import com.arcadedb.query.sql.executor.ResultSet;
import com.arcadedb.schema.DocumentType;
import com.arcadedb.schema.Schema;
import com.arcadedb.schema.Type;
import io.smilodon.bench.corpus.Circle;
import io.smilodon.bench.corpus.Hexagon;

/** ArcadeDB's SQL on its LSM indexes, and its full-text index. */
record ArcadeQueries(Database database, String people) implements Queries {

    @Override
    public void createIndexes() {
        DocumentType type = database.getSchema().getType(people);
        type.createProperty("email", Type.STRING);
        type.createProperty("score", Type.INTEGER);
        type.createProperty("city", Type.STRING);
        type.createProperty("created", Type.LONG);
        type.createProperty("text", Type.STRING);
        type.createTypeIndex(Schema.INDEX_TYPE.LSM_TREE, true, "email");
        type.createTypeIndex(Schema.INDEX_TYPE.LSM_TREE, false, "score");
        type.createTypeIndex(Schema.INDEX_TYPE.LSM_TREE, false, "city", "created");
        type.createTypeIndex(Schema.INDEX_TYPE.FULL_TEXT, false, "text");
    }

    private long sum(String condition, Object... parameters) {
        long sum = 0;
        try (ResultSet found =
                database.query("sql", "select from " + people + condition, parameters)) {
            while (found.hasNext()) {
                sum += found.next().<Integer>getProperty("score");
            }
        }
        return sum;
    }

    @Override
    public long withEmail(String email) {
        return sum(database.lookupByKey(people, "email", email));
    }

    private static long sum(IndexCursor found) {
        long sum = 0;
        while (found.hasNext()) {
            sum += found.next().asDocument().getInteger("score");
        }
        return sum;
    }

    @Override
    public long fromScore(int score, int limit) {
        return sum(" where score >= ? order by score limit " + limit, score);
    }

    @Override
    public long newestOf(String city, int limit) {
        return sum(" where city = ? order by created desc limit " + limit, city);
    }

    @Override
    public long tagged(String tag, int limit) {
        throw new UnsupportedOperationException("it has no index of many values");
    }

    @Override
    public long count(String country, int visitsMin, double balanceMax) {
        String sql =
                "select count(*) as found from "
                        + people
                        + " where address.country = ? and visits >= ? and balance < ?";
        try (ResultSet found = database.query("sql", sql, country, visitsMin, balanceMax)) {
            return found.next().<Number>getProperty("found").longValue();
        }
    }

    /** Its own average of whole numbers is a whole number. */
    @Override
    public long byLastName() {
        String sql =
                "select name.last as last, sum(visits) as visits, sum(score) as score,"
                        + " count(*) as found from "
                        + people
                        + " group by name.last";
        long marks = 0;
        try (ResultSet groups = database.query("sql", sql)) {
            while (groups.hasNext()) {
                Result group = groups.next();
                marks +=
                        Queries.mark(
                                group.getProperty("last"),
                                group.<Number>getProperty("visits").longValue(),
                                group.<Number>getProperty("score").doubleValue()
                                        / group.<Number>getProperty("found").longValue());
            }
        }
        return marks;
    }

    @Override
    public long withWords(String word, String otherWord, int limit) {
        TypeIndex words =
                database.getSchema().getType(people).getPolymorphicIndexByProperties("text");
        return sum(words.get(new Object[] {word + ' ' + otherWord}, limit));
    }

    @Override
    public long near(Circle circle, int limit) {
        throw new UnsupportedOperationException("it has no index of places");
    }

    @Override
    public long inside(Hexagon hexagon) {
        throw new UnsupportedOperationException("it has no index of places");
    }
}
