package org.tradesuite.execution.engine;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A line to a real database that can be cut, or that loses the answer to a commit that was made. */
final class BreakableDataSource implements DataSource {

    private final DataSource database;
    private volatile boolean cut;
    private volatile boolean loseAnswer;
    private final AtomicInteger lost = new AtomicInteger();

    BreakableDataSource(DataSource database) {
        this.database = database;
    }

    void cut() {
        cut = true;
    }

    void mend() {
        cut = false;
    }

    void loseTheNextAnswerToCommit() {
        loseAnswer = true;
    }

    int lostAnswers() {
        return lost.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        refuseIfCut();
        var connection = database.getConnection();
        return (Connection) Proxy.newProxyInstance(
                BreakableDataSource.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        connection.close();
                        return null;
                    }
                    refuseIfCut();
                    var result = invoke(method, connection, arguments);
                    return result instanceof PreparedStatement statement
                                    && String.valueOf(arguments[0]).endsWith("commit")
                            ? losing(statement)
                            : result;
                });
    }

    /** What is sent with its commit. */
    private PreparedStatement losing(PreparedStatement trip) {
        return (PreparedStatement) Proxy.newProxyInstance(
                BreakableDataSource.class.getClassLoader(),
                new Class<?>[] {PreparedStatement.class},
                (proxy, method, arguments) -> {
                    var result = invoke(method, trip, arguments);
                    if (method.getName().equals("execute") && loseAnswer) {
                        loseAnswer = false;
                        lost.incrementAndGet();
                        throw new SQLException("The line broke while the server committed.", "08006");
                    }
                    return result;
                });
    }

    private static @Nullable Object invoke(Method method, Object target, @Nullable Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getTargetException();
        }
    }

    private void refuseIfCut() throws SQLException {
        if (cut) {
            throw new SQLException("The line is cut.", "08006");
        }
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() throws SQLException {
        return database.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        database.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        database.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return database.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return database.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return database.isWrapperFor(type);
    }
}
