package io.smilodon.bench.peer;

import io.smilodon.bench.corpus.Circle;
import io.smilodon.bench.corpus.Hexagon;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Indexes of SQLite on expressions; a table of tags, an FTS5 index without contents of its own, and
 * an R*Tree that has the exact places too, all kept by triggers.
 */
record SqliteQueries(Statements statements) implements Queries {

    private static final String TEXT = "json_extract(%s.doc, '$.text')";
    private static final String LONGITUDE = "json_extract(new.doc, '$.location.coordinates[0]')";
    private static final String LATITUDE = "json_extract(new.doc, '$.location.coordinates[1]')";

    private static final String ADD_TAGS =
            "insert into tags select value, new.id from json_each(new.doc, '$.tags');";
    private static final String ADD_WORDS =
            "insert into words(rowid, text) values(new.id, " + TEXT.formatted("new") + ");";
    private static final String ADD_PLACE =
            "insert into places values(new.id, %s, %s, %s, %s, %s, %s);"
                    .formatted(LONGITUDE, LONGITUDE, LATITUDE, LATITUDE, LONGITUDE, LATITUDE);

    private static final String PLACES =
            "select json(doc) from places join people using(id)"
                    + " where west <= ? and east >= ? and south <= ? and north >= ?";
    private static final String NEAR =
            PLACES
                    + " and 2 * asin(sqrt(power(sin(radians(latitude - ?) / 2), 2)"
                    + " + cos(radians(?)) * cos(radians(latitude))"
                    + " * power(sin(radians(longitude - ?) / 2), 2))) <= ? limit ?";
    private static final String INSIDE =
            PLACES + " and ? * latitude - ? * longitude >= ?".repeat(Hexagon.CORNERS);

    @Override
    public void createIndexes() throws SQLException {
        statements.run("create unique index email on people(json_extract(doc, '$.email'))");
        statements.run("create index score on people(json_extract(doc, '$.score'))");
        statements.run(
                "create index city on people(json_extract(doc, '$.city'),"
                        + " json_extract(doc, '$.created') desc)");
        statements.run(
                "create table tags(tag text, id integer, primary key(tag, id)) without rowid");
        statements.run("create virtual table words using fts5(text, content='')");
        statements.run(
                "create virtual table places using"
                        + " rtree(id, west, east, south, north, +longitude, +latitude)");
        statements.run(
                "create trigger added after insert on people begin "
                        + ADD_TAGS
                        + ADD_WORDS
                        + ADD_PLACE
                        + " end");
        trigger("tags", "delete from tags where id = old.id;" + ADD_TAGS);
        trigger(
                "text",
                "insert into words(words, rowid, text) values('delete', old.id, "
                        + TEXT.formatted("old")
                        + ");"
                        + ADD_WORDS);
        trigger("location", "delete from places where id = old.id;" + ADD_PLACE);
    }

    private void trigger(String field, String actions) throws SQLException {
        statements.run(
                ("create trigger %s_changed after update on people"
                                + " when json_extract(old.doc, '$.%s')"
                                + " <> json_extract(new.doc, '$.%s') begin %s end")
                        .formatted(field, field, field, actions));
    }

    @Override
    public long withEmail(String email) throws SQLException, IOException {
        return statements.scores(
                "select json(doc) from people where json_extract(doc, '$.email') = ?", email);
    }

    @Override
    public long fromScore(int score, int limit) throws SQLException, IOException {
        return statements.scores(
                "select json(doc) from people where json_extract(doc, '$.score') >= ?"
                        + " order by json_extract(doc, '$.score') limit ?",
                score,
                limit);
    }

    @Override
    public long newestOf(String city, int limit) throws SQLException, IOException {
        return statements.scores(
                "select json(doc) from people where json_extract(doc, '$.city') = ?"
                        + " order by json_extract(doc, '$.created') desc limit ?",
                city,
                limit);
    }

    @Override
    public long tagged(String tag, int limit) throws SQLException, IOException {
        return statements.scores(
                "select json(doc) from tags join people using(id) where tag = ? limit ?",
                tag,
                limit);
    }

    @Override
    public long count(String country, int visitsMin, double balanceMax) throws SQLException {
        return statements.number(
                "select count(*) from people where json_extract(doc, '$.address.country') = ?"
                        + " and json_extract(doc, '$.visits') >= ?"
                        + " and json_extract(doc, '$.balance') < ?",
                country,
                visitsMin,
                balanceMax);
    }

    @Override
    public long byLastName() throws SQLException {
        return statements.marks(
                "select json_extract(doc, '$.name.last'), sum(json_extract(doc, '$.visits')),"
                        + " avg(json_extract(doc, '$.score')) from people group by 1");
    }

    @Override
    public long withWords(String word, String otherWord, int limit)
            throws SQLException, IOException {
        return statements.scores(
                "select json(doc) from words join people on people.id = words.rowid"
                        + " where words match ? order by rank limit ?",
                word + " OR " + otherWord,
                limit);
    }

    @Override
    public long near(Circle circle, int limit) throws SQLException, IOException {
        return statements.scores(
                NEAR,
                circle.east(),
                circle.west(),
                circle.north(),
                circle.south(),
                circle.latitude(),
                circle.latitude(),
                circle.longitude(),
                circle.radians(),
                limit);
    }

    @Override
    public long inside(Hexagon hexagon) throws SQLException, IOException {
        List<Object> parameters =
                new ArrayList<>(
                        List.of(hexagon.east(), hexagon.west(), hexagon.north(), hexagon.south()));
        for (int corner = 0; corner < Hexagon.CORNERS; corner++) {
            parameters.add(hexagon.across(corner));
            parameters.add(hexagon.up(corner));
            parameters.add(hexagon.line(corner));
        }
        return statements.scores(INSIDE, parameters.toArray());
    }
}
