package io.smilodon.bench.peer;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** Statements that are prepared once, on one connection. For one thread. */
record Statements(Connection connection, Map<String, PreparedStatement> prepared) {

    static Statements on(Connection connection) {
        return new Statements(connection, new HashMap<>());
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private PreparedStatement bound(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int index = 0; index < parameters.length; index++) {
            statement.setObject(index + 1, parameters[index]);
        }
        return statement;
    }

    /** The scores of the documents in the first column, summed. */
    long scores(String sql, Object... parameters) throws SQLException, IOException {
        long sum = 0;
        try (ResultSet found = bound(sql, parameters).executeQuery()) {
            while (found.next()) {
                sum += PersonJson.score(found.getString(1));
            }
        }
        return sum;
    }

    /** The number in the first row. */
    long number(String sql, Object... parameters) throws SQLException {
        try (ResultSet found = bound(sql, parameters).executeQuery()) {
            found.next();
            return found.getLong(1);
        }
    }

    /** The marks of groups: name, sum and average in the columns. */
    long marks(String sql) throws SQLException {
        long marks = 0;
        try (ResultSet groups = bound(sql).executeQuery()) {
            while (groups.next()) {
                marks += Queries.mark(groups.getString(1), groups.getLong(2), groups.getDouble(3));
            }
        }
        return marks;
    }
}
