package org.tradesuite.settlement;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Ends the process, as far as the database can tell, right after or right before a chosen commit of the test's own
 * thread: from then on every statement and every log-in fails until the power is back. What kill -9 leaves behind in
 * the database is what this leaves behind.
 */
final class PowerCut implements BeanPostProcessor {

    private volatile @Nullable Cut cut;

    private static final class Cut {
        final long thread = Thread.currentThread().threadId();
        final int commit;
        final boolean before;
        int commits;
        boolean dark;

        Cut(int commit, boolean before) {
            this.commit = commit;
            this.before = before;
        }
    }

    /** @param before whether the server loses that commit or has just taken it */
    void cut(int commit, boolean before) {
        cut = new Cut(commit, before);
    }

    /** Gives the power back; says whether it had been cut. */
    boolean restore() {
        var planned = planned();
        cut = null;
        return planned != null && planned.dark;
    }

    /** Other threads, the scheduler's, keep their power. */
    private @Nullable Cut planned() {
        var planned = cut;
        return planned != null && planned.thread == Thread.currentThread().threadId() ? planned : null;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource dataSource && name.equals("dataSource") ? new Supply(dataSource) : bean;
    }

    private final class Supply extends DelegatingDataSource {

        Supply(DataSource dataSource) {
            super(dataSource);
        }

        @Override
        public Connection getConnection() throws SQLException {
            requirePower();
            var connection = super.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        var name = method.getName();
                        if (name.equals("commit")) {
                            commit(connection);
                            return null;
                        }
                        // Giving the connection back and rolling back are what the server does for a dead client.
                        if (!name.equals("close")
                                && !name.equals("rollback")
                                && !name.equals("isClosed")
                                && !name.equals("hashCode")
                                && !name.equals("toString")
                                && !name.equals("setAutoCommit")) {
                            requirePower();
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException failed) {
                            throw failed.getCause();
                        }
                    });
        }

        private void commit(Connection connection) throws SQLException {
            var planned = planned();
            if (planned != null && ++planned.commits == planned.commit) {
                if (planned.before) {
                    connection.rollback();
                } else {
                    connection.commit();
                }
                planned.dark = true;
            }
            requirePower();
            connection.commit();
        }

        private void requirePower() throws SQLException {
            var planned = planned();
            if (planned != null && planned.dark) {
                throw new SQLException("The power is cut", "08006");
            }
        }
    }
}
