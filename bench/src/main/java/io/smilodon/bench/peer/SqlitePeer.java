package io.smilodon.bench.peer;

import io.smilodon.bench.corpus.Person;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * SQLite by JDBC: a table of JSONB documents with the id as its row id, in WAL mode. One connection
 * for all, since SQLite has one writer at a time anyway.
 */
final class SqlitePeer implements Peer {

    private final Connection connection;
    private final Statements statements;
    private final PreparedStatement insert;
    private final PreparedStatement select;
    private final PreparedStatement scan;
    private final PreparedStatement update;
    private final PreparedStatement replace;

    SqlitePeer(PeerSettings settings) throws SQLException {
        connection =
                DriverManager.getConnection("jdbc:sqlite:" + settings.directory() + "/people.db");
        statements = Statements.on(connection);
        statements.run("pragma journal_mode = wal");
        statements.run("pragma synchronous = " + (settings.isDurable() ? "full" : "normal"));
        statements.run("pragma cache_size = -" + settings.cacheMegabytes() * 1024);
        statements.run("pragma temp_store = memory");
        if (settings.keepsLog()) {
            statements.run("pragma wal_autocheckpoint = 0");
        }
        statements.run(
                "create table if not exists people(id integer primary key, doc blob not null)");
        insert = connection.prepareStatement("insert into people values(?, jsonb(?))");
        select = connection.prepareStatement("select json(doc) from people where id = ?");
        scan =
                connection.prepareStatement(
                        "select json(doc) from people where id >= ? order by id limit ?");
        update =
                connection.prepareStatement(
                        "update people set doc = jsonb_set(doc, '$.visits', ?) where id = ?");
        replace =
                connection.prepareStatement(
                        "insert into people values(?, jsonb(?))"
                                + " on conflict(id) do update set doc = excluded.doc");
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
        statements.run("pragma wal_checkpoint(truncate)");
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

    @Override
    public Queries queries() {
        return new SqliteQueries(statements);
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
