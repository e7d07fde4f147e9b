package io.smilodon.bench.peer;

import io.smilodon.bench.corpus.Person;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** PostgreSQL by JDBC: a table of jsonb documents, on a server of its own in the directory. */
final class PostgresPeer implements Peer {

    private static final String INSERT = "insert into people values(?, ?::jsonb)";

    private final PostgresServer server;
    private final Connection connection;
    private final Statements statements;
    private final PreparedStatement select;
    private final PreparedStatement scan;
    private final PreparedStatement update;
    private final PreparedStatement replace;
    private final List<Connection> writers = new CopyOnWriteArrayList<>();
    private final Queue<PreparedStatement> idleInserts = new ConcurrentLinkedQueue<>();

    PostgresPeer(PeerSettings settings) throws SQLException, IOException, InterruptedException {
        server = PostgresServer.start(settings);
        connection = server.connect();
        statements = Statements.on(connection);
        statements.run(
                "create table if not exists people(id integer primary key, doc jsonb not null)");
        select = connection.prepareStatement("select doc from people where id = ?");
        scan =
                connection.prepareStatement(
                        "select doc from people where id >= ? order by id limit ?");
        update =
                connection.prepareStatement(
                        "update people set doc = jsonb_set(doc, '{visits}', to_jsonb(?::int))"
                                + " where id = ?");
        replace = connection.prepareStatement("update people set doc = ?::jsonb where id = ?");
    }

    /** One that no other thread uses, on a connection of its own. */
    private PreparedStatement idleInsert() throws SQLException {
        PreparedStatement idle = idleInserts.poll();
        if (idle != null) {
            return idle;
        }
        Connection own = server.connect();
        writers.add(own);
        return own.prepareStatement(INSERT);
    }

    /** By COPY, as its documentation recommends. */
    @Override
    public void load(List<Person> batch) throws SQLException, IOException {
        StringBuilder rows = new StringBuilder(1024 * batch.size());
        for (Person person : batch) {
            rows.append(person.id()).append('\t');
            rows.append(PersonJson.text(person).replace("\\", "\\\\")).append('\n');
        }
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        copy.copyIn("copy people(id, doc) from stdin", new StringReader(rows.toString()), 1 << 16);
    }

    @Override
    public void flush() throws SQLException {
        statements.run("vacuum analyze people");
        statements.run("checkpoint");
    }

    @Override
    public void insert(Person person) throws SQLException, IOException {
        PreparedStatement own = idleInsert();
        own.setInt(1, person.id());
        own.setString(2, PersonJson.text(person));
        own.executeUpdate();
        idleInserts.add(own);
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
        replace.setString(1, PersonJson.text(person));
        replace.setInt(2, person.id());
        replace.executeUpdate();
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
        return new PostgresQueries(statements);
    }

    @Override
    public List<Long> servers() {
        return server.processes();
    }

    @Override
    public void close() throws IOException {
        try {
            for (Connection writer : writers) {
                writer.close();
            }
            connection.close();
        } catch (SQLException failure) {
            throw new IOException(failure);
        } finally {
            server.stop();
        }
    }
}
