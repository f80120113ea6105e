package org.tradesuite.execution.desk.web;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.tradesuite.execution.publish.LinesChanged;
import org.tradesuite.execution.publish.Publisher;

/** Tells listeners which brokers can be reached. It is read on another thread: the line must not wait for the database. */
@Component
class BrokerNews {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerNews.class);

    private final BrokerController brokers;
    private final StreamReader reader;
    private final Publisher publisher;

    BrokerNews(BrokerController brokers, StreamReader reader, Publisher publisher) {
        this.brokers = brokers;
        this.reader = reader;
        this.publisher = publisher;
    }

    @EventListener
    void changed(LinesChanged changed) {
        Thread.ofVirtual().name("broker-news").start(() -> {
            try {
                brokers.brokers().forEach(broker -> publisher.tell(reader.message(0, "BROKER", broker)));
            } catch (DataAccessException gone) {
                LOG.warn("the state of the brokers is not published: the database does not answer", gone);
            }
        });
    }
}
