package org.tradesuite.suite.house;

import java.util.Objects;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.boot.web.servlet.ServletContextInitializer;

/**
 * The port that all applications of the suite share. The first application (the console, at {@code /}) opens the port
 * with {@link #host()}; each further one moves in at its own context path with {@link #guest()}, and nothing in it
 * differs from an application that runs alone.
 *
 * <p>Not thread-safe: the applications start one after the other.
 */
public final class SharedPort {

    private @Nullable Tomcat tomcat;
    private @Nullable TomcatWebServer server;

    /** The factory of the application that opens the port. */
    public TomcatServletWebServerFactory host() {
        return new TomcatServletWebServerFactory() {
            @Override
            protected TomcatWebServer getTomcatWebServer(Tomcat created) {
                tomcat = created;
                server = super.getTomcatWebServer(created);
                return server;
            }
        };
    }

    /** The factory of an application that moves in; it must have a context path of its own. */
    public TomcatServletWebServerFactory guest() {
        return new TomcatServletWebServerFactory() {
            @Override
            public WebServer getWebServer(ServletContextInitializer... initializers) {
                var host = (StandardHost) Objects.requireNonNull(tomcat, "open the port first: start the console")
                        .getHost();
                // A running host would start the room before the application is in it.
                host.setStartChildren(false);
                prepareContext(host, initializers);
                var path = getSettings().getContextPath().toString();
                return new Guest(path, (Context) host.findChild(path), Objects.requireNonNull(server));
            }
        };
    }

    /** An application's place on the shared port: it starts and stops with the application, the port stays. */
    private record Guest(String path, Context room, TomcatWebServer port) implements WebServer {

        Guest {
            try {
                room.start();
            } catch (LifecycleException e) {
                throw new WebServerException("the application at " + path + " did not start", e);
            }
            if (room.getState() != LifecycleState.STARTED)
                throw new WebServerException("the application at " + path + " did not start", null);
        }

        @Override
        public void start() {
            // The room is open since it was built; the port never closed.
        }

        @Override
        public void stop() {
            if (!room.getState().isAvailable()) return;
            try {
                room.stop();
                room.getParent().removeChild(room);
            } catch (LifecycleException e) {
                throw new WebServerException("the application at " + path + " did not stop", e);
            }
        }

        @Override
        public int getPort() {
            return port.getPort();
        }
    }
}
