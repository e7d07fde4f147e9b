package io.smilodon.bench.peer;

import io.smilodon.bench.corpus.Circle;
import io.smilodon.bench.corpus.Hexagon;
import java.io.IOException;
import java.sql.SQLException;
import java.util.StringJoiner;

/**
 * Indexes of PostgreSQL: on expressions, GIN on the tags and on a generated column of words, GiST
 * on points, without PostGIS.
 */
record PostgresQueries(Statements statements) implements Queries {

    private static final String LONGITUDE = "((doc->'location'->'coordinates'->>0)::float8)";
    private static final String LATITUDE = "((doc->'location'->'coordinates'->>1)::float8)";
    private static final String POINT = "point(" + LONGITUDE + ", " + LATITUDE + ")";
    private static final String NEAR =
            "select doc from people where "
                    + POINT
                    + " <@ box(point(?, ?), point(?, ?))"
                    + " and 2 * asin(sqrt(power(sin(radians("
                    + LATITUDE
                    + " - ?) / 2), 2) + cos(radians(?)) * cos(radians("
                    + LATITUDE
                    + ")) * power(sin(radians("
                    + LONGITUDE
                    + " - ?) / 2), 2))) <= ? limit ?";

    @Override
    public void createIndexes() throws SQLException {
        statements.run(
                "alter table people add words tsvector"
                        + " generated always as (to_tsvector('simple', doc->>'text')) stored");
        statements.run("create unique index on people((doc->>'email'))");
        statements.run("create index on people(((doc->>'score')::int))");
        statements.run("create index on people((doc->>'city'), ((doc->>'created')::bigint) desc)");
        statements.run("create index on people using gin((doc->'tags') jsonb_ops)");
        statements.run("create index on people using gin(words)");
        statements.run("create index on people using gist(" + POINT + ")");
    }

    @Override
    public long withEmail(String email) throws SQLException, IOException {
        return statements.scores("select doc from people where doc->>'email' = ?", email);
    }

    @Override
    public long fromScore(int score, int limit) throws SQLException, IOException {
        return statements.scores(
                "select doc from people where (doc->>'score')::int >= ?"
                        + " order by (doc->>'score')::int limit ?",
                score,
                limit);
    }

    @Override
    public long newestOf(String city, int limit) throws SQLException, IOException {
        return statements.scores(
                "select doc from people where doc->>'city' = ?"
                        + " order by (doc->>'created')::bigint desc limit ?",
                city,
                limit);
    }

    @Override
    public long tagged(String tag, int limit) throws SQLException, IOException {
        return statements.scores(
                "select doc from people where doc->'tags' ?? ? limit ?", tag, limit);
    }

    @Override
    public long count(String country, int visitsMin, double balanceMax) throws SQLException {
        return statements.number(
                "select count(*) from people where doc->'address'->>'country' = ?"
                        + " and (doc->>'visits')::int >= ? and (doc->>'balance')::float8 < ?",
                country,
                visitsMin,
                balanceMax);
    }

    @Override
    public long byLastName() throws SQLException {
        return statements.marks(
                "select doc->'name'->>'last', sum((doc->>'visits')::int),"
                        + " avg((doc->>'score')::int) from people group by 1");
    }

    @Override
    public long withWords(String word, String otherWord, int limit)
            throws SQLException, IOException {
        return statements.scores(
                "select doc from people, to_tsquery('simple', ?) as wanted where words @@ wanted"
                        + " order by ts_rank(words, wanted) desc limit ?",
                word + " | " + otherWord,
                limit);
    }

    @Override
    public long near(Circle circle, int limit) throws SQLException, IOException {
        return statements.scores(
                NEAR,
                circle.west(),
                circle.south(),
                circle.east(),
                circle.north(),
                circle.latitude(),
                circle.latitude(),
                circle.longitude(),
                circle.radians(),
                limit);
    }

    @Override
    public long inside(Hexagon hexagon) throws SQLException, IOException {
        StringJoiner polygon = new StringJoiner(",", "(", ")");
        for (int corner = 0; corner < Hexagon.CORNERS; corner++) {
            polygon.add(
                    "(" + hexagon.longitudes()[corner] + "," + hexagon.latitudes()[corner] + ")");
        }
        return statements.scores(
                "select doc from people where " + POINT + " <@ ?::text::polygon",
                polygon.toString());
    }
}
