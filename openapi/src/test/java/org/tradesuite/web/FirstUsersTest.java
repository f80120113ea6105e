package org.tradesuite.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalPostgres;

class FirstUsersTest {

    @Test
    void four_applications_that_start_at_once_make_one_set_of_users() throws Exception {
        var database = LocalPostgres.shared().newDatabase();
        List<Callable<List<FirstUsers.FirstUser>>> starts = new ArrayList<>();
        for (DatabaseRole role : DatabaseRole.applications()) {
            starts.add(() -> FirstUsers.create(database.dataSource(role)));
        }
        List<FirstUsers.FirstUser> made = new ArrayList<>();
        try (var applications = Executors.newFixedThreadPool(starts.size())) {
            for (Future<List<FirstUsers.FirstUser>> users : applications.invokeAll(starts)) {
                made.addAll(users.get());
            }
        }
        assertThat(made)
                .extracting(FirstUsers.FirstUser::userName)
                .containsExactly("trader", "operations", "compliance", "risk", "administrator", "desk");
        assertThat(made).extracting(FirstUsers.FirstUser::password).doesNotHaveDuplicates();
        assertThat(JdbcClient.create(database.dataSource(DatabaseRole.EXECUTION))
                        .sql("select count(*) from identity.user_account")
                        .query(Long.class)
                        .single())
                .isEqualTo(6);
    }

    @Test
    void a_second_start_makes_and_shows_nobody() throws Exception {
        var source = LocalPostgres.shared().newDatabase().dataSource(DatabaseRole.EXECUTION);
        assertThat(FirstUsers.create(source)).hasSize(6);
        assertThat(FirstUsers.create(source)).isEmpty();
    }

    @Test
    void the_notice_shows_every_password_once() {
        String notice = FirstUsers.notice(List.of(new FirstUsers.FirstUser("desk", "abcd-efgh", Role.TRADER)));
        assertThat(notice).containsOnlyOnce("abcd-efgh").contains("desk").contains("TRADER");
    }
}
