package io.smilodon.bench.peer;

import io.smilodon.bench.corpus.Person;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * SQLite by JDBC: a table of JSONB documents with the id as its row id, in WAL mode. One connection
 * for all, since SQLite has one writer at a time anyway.
 */
final class SqlitePeer implements Peer {

    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement select;
    private final PreparedStatement scan;
    private final PreparedStatement update;
    private final PreparedStatement replace;

    SqlitePeer(PeerSettings settings) throws SQLException {
        connection =
                DriverManager.getConnection("jdbc:sqlite:" + settings.directory() + "/people.db");
        run("pragma journal_mode = wal");
        run("pragma synchronous = " + (settings.isDurable() ? "full" : "normal"));
        run("pragma cache_size = -" + settings.cacheMegabytes() * 1024);
        run("pragma temp_store = memory");
        if (settings.keepsLog()) {
            run("pragma wal_autocheckpoint = 0");
        }
        run("create table if not exists people(id integer primary key, doc blob not null)");
        insert = connection.prepareStatement("insert into people values(?, jsonb(?))");
        select = connection.prepareStatement("select json(doc) from people where id = ?");
        scan =
                connection.prepareStatement(
                        "select json(doc) from people where id >= ? order by id limit ?");
        update =
                connection.prepareStatement(
                        "update people set doc = jsonb_set(doc, '$.visits', ?) where id = ?");
        replace = connection.prepareStatement("replace into people values(?, jsonb(?))");
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void load(List<Person> batch) throws SQLException, IOException {
        connection.setAutoCommit(false);
        for (Person person : batch) {
            store(insert, person);
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private static void store(PreparedStatement statement, Person person)
            throws SQLException, IOException {
        statement.setInt(1, person.id());
        statement.setString(2, PersonJson.text(person));
        statement.executeUpdate();
    }

    @Override
    public void flush() throws SQLException {
        run("pragma wal_checkpoint(truncate)");
    }

    @Override
    public void insert(Person person) throws SQLException, IOException {
        String json = PersonJson.text(person);
        synchronized (this) {
            insert.setInt(1, person.id());
            insert.setString(2, json);
            insert.executeUpdate();
        }
    }

    @Override
    public long score(int id) throws SQLException, IOException {
        select.setInt(1, id);
        try (ResultSet found = select.executeQuery()) {
            return found.next() ? PersonJson.score(found.getString(1)) : ABSENT;
        }
    }

    @Override
    public long scores(int fromId, int count) throws SQLException, IOException {
        scan.setInt(1, fromId);
        scan.setInt(2, count);
        long sum = 0;
        try (ResultSet found = scan.executeQuery()) {
            while (found.next()) {
                sum += PersonJson.score(found.getString(1));
            }
        }
        return sum;
    }

    @Override
    public void setVisits(int id, int visits) throws SQLException {
        update.setInt(1, visits);
        update.setInt(2, id);
        update.executeUpdate();
    }

    @Override
    public void replace(Person person) throws SQLException, IOException {
        store(replace, person);
    }

    @Override
    public String json(int id) throws SQLException {
        select.setInt(1, id);
        try (ResultSet found = select.executeQuery()) {
            found.next();
            return found.getString(1);
        }
    }

    /** The index of tags, which are many, is a table that triggers keep. */
    @Override
    public boolean createIndexes() throws SQLException {
        run("create unique index email on people(json_extract(doc, '$.email'))");
        run("create index score on people(json_extract(doc, '$.score'))");
        run(
                "create index city on people(json_extract(doc, '$.city'),"
                        + " json_extract(doc, '$.created') desc)");
        run("create table tags(tag text, id integer, primary key(tag, id)) without rowid");
        run("insert into tags select value, people.id from people, json_each(doc, '$.tags')");
        run(
                "create trigger tags_changed after update on people"
                        + " when json_extract(old.doc, '$.tags')"
                        + " <> json_extract(new.doc, '$.tags')"
                        + " begin delete from tags where id = old.id;"
                        + " insert into tags select value, new.id"
                        + " from json_each(new.doc, '$.tags'); end");
        return true;
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException failure) {
            throw new IOException(failure);
        }
    }
}
