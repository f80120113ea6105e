package org.tradesuite.settlement;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalDatabase;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.runsheet.RunParameters;
import org.tradesuite.settlement.standing.StandingInstruction.Proposal;
import org.tradesuite.settlement.standing.StandingInstructions;

/** The settlement application on a database of its own, with two brokers, four instruments and one account. */
final class SettlementDesk implements AutoCloseable {

    static final LocalDate TUE_13_OCT_2026 = LocalDate.of(2026, 10, 13);
    static final LocalDate WED_14_OCT_2026 = LocalDate.of(2026, 10, 14);
    static final LocalDate THU_15_OCT_2026 = LocalDate.of(2026, 10, 15);
    static final LocalDate MON_19_OCT_2026 = LocalDate.of(2026, 10, 19);

    private static final List<String> REFERENCE = List.of("""
        insert into reference.firm values ('9845TRADESUITE000186', 'TRSUGB2LXXX', 'Tradesuite', 'GB')
        """, """
        insert into reference.account values
            ('GEQ1', 'Core', 'GLOBAL', '9845TSALPHAFND000137', 'GBP', 'CUSTGB2LXXX', 'SAFEGEQ1001', 'ACTIVE', 'ALPHA', 'CASH')
        """, """
        insert into reference.instrument values
            ('VOD.XLON', 'GB00BH4HKS39', 'VOD', 'XLON', 'ESVUFR', 'Vodafone', 'Vodafone', '213800TB53ELEUKM7Q61', 'GBP',
             'EQUITY', 1, 0.0002, 0, 62000000, 3, 0.015, 'Communication', 'GB', 'CRSTGB22XXX', 'GBLO', 0.72, 'ACTIVE'),
            ('ALV.XETR', 'DE0008404005', 'ALV', 'XETR', 'ESVUFR', 'Allianz', 'Allianz', '529900K9B0N5BT694847', 'EUR',
             'EQUITY', 1, 0.1, 0, 800000, 3, 0.015, 'Financials', 'DE', 'DAKVDEFFXXX', 'EUTA', 50, 'ACTIVE'),
            ('7203.XTKS', 'JP3633400001', '7203', 'XTKS', 'ESVUFR', 'Toyota', 'Toyota', null, 'JPY',
             'EQUITY', 100, 1, 0, 20000000, 3, 0.015, 'Autos', 'JP', 'JJSDJPJTXXX', 'JPTO', 2700, 'ACTIVE'),
            ('BTCUSD.XBTS', null, 'BTC/USD', 'XBTS', 'TTTTTT', 'Bitcoin', null, null, 'USD',
             'CRYPTO', 0.00000001, 0.01, 8, 10000, 3, 0.03, 'Crypto', null, null, 'NoHolidays', 90000, 'ACTIVE')
        """, """
        insert into execution.business_day (business_date, status, opened_at) values
            ('2026-10-13', 'OPEN', '2026-10-13T07:00:00Z')
        """, """
        insert into execution.opening_position (account_id, instrument_id, isin, business_date, quantity, average_cost)
            values ('GEQ1', 'VOD.XLON', 'GB00BH4HKS39', '2026-10-13', 5000, 0.7)
        """, """
        insert into execution.opening_cash (account_id, currency, business_date, balance)
            values ('GEQ1', 'GBP', '2026-10-13', 100000), ('GEQ1', 'USD', '2026-10-13', 500000)
        """);

    private static final String TRADE = """
        insert into execution.confirmed_trade (
            trade_id, business_date, trade_date, account_id, order_ids, broker_id, broker_lei, broker_bic, instrument_id,
            isin, mic, currency, side, quantity, average_price, gross_amount, commission, fees, net_amount,
            settlement_date, place_of_settlement, confirm_status, executed_at)
        select :id, :date, :date, 'GEQ1', array['O-1'], 'ALFA', '9845ALFASECUR0000104', :brokerBic, i.instrument_id,
               i.isin, i.mic, i.currency, :side, :quantity, 1, :amount, 0, 0, :amount, :settlement,
               i.place_of_settlement, :confirm, :executed
        from reference.instrument i where i.instrument_id = :instrument
        """;

    final MovableClock clock = new MovableClock();
    final PowerCut power = new PowerCut();
    final Path drop;
    final Path out;
    final LocalDatabase database = LocalPostgres.shared().newDatabase();
    final JdbcClient execution = JdbcClient.create(database.dataSource(DatabaseRole.EXECUTION));
    final JdbcClient own = JdbcClient.create(database.dataSource(DatabaseRole.SETTLEMENT));
    private final ConfigurableApplicationContext context;
    private final Map<String, Long> sequences = new HashMap<>();
    private int trades;
    private int answers;

    static final class MovableClock extends Clock {

        private Instant now = Instant.parse("2026-10-13T21:00:00Z");

        void set(Instant instant) {
            now = instant;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("business time is UTC");
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    SettlementDesk(Path folder) {
        drop = folder.resolve("drop");
        out = folder.resolve("out");
        for (var statement : REFERENCE) {
            execution.sql(statement).update();
        }
        context = new SpringApplicationBuilder(SettlementApplication.class)
                .properties("spring.config.name=settlement")
                .initializers(started -> {
                    var beans = (GenericApplicationContext) started;
                    beans.registerBean("businessClock", Clock.class, () -> clock);
                    beans.registerBean("powerCut", PowerCut.class, () -> power);
                })
                .run(
                        "--server.port=0",
                        "--spring.datasource.url=" + database.url(),
                        "--spring.datasource.username=" + database.username(DatabaseRole.SETTLEMENT),
                        "--spring.datasource.password=" + database.password(DatabaseRole.SETTLEMENT),
                        "--tradesuite.drop=" + drop,
                        "--tradesuite.out=" + out,
                        "--tradesuite.web.first-users=false",
                        "--spring.main.banner-mode=off");
        for (var place : List.of("CRSTGB22XXX", "DAKVDEFFXXX", "JJSDJPJTXXX")) {
            standing("ALFAGB2LXXX", place, null, "ALFA-01");
        }
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    int port() {
        return Integer.parseInt(String.valueOf(context.getEnvironment().getProperty("local.server.port")));
    }

    void standing(String counterparty, String place, @Nullable String currency, String account) {
        var standing = bean(StandingInstructions.class);
        var known = standing.latest(counterparty).stream()
                .filter(s -> place.equals(s.placeOfSettlement()) && Objects.equals(currency, s.currency()))
                .findFirst();
        var proposal = new Proposal(
                counterparty,
                place,
                null,
                "EQUITY",
                currency,
                "SUBCGB2LXXX",
                account,
                LocalDate.of(2026, 1, 1),
                null,
                "Called back.");
        var version = known.map(s -> s.version()).orElse(0);
        var recorded = (StandingInstructions.Answer.Recorded) standing.propose(proposal, version, "maker");
        standing.approve(recorded.standing().name(), version + 1, "checker");
    }

    String trade(LocalDate date, String instrument, String side, long quantity, String amount, LocalDate settlement) {
        return trade(date, instrument, side, quantity, amount, settlement, "AFFIRMED", "ALFAGB2LXXX");
    }

    String trade(
            LocalDate date,
            String instrument,
            String side,
            long quantity,
            String amount,
            LocalDate settlement,
            String confirmed,
            String brokerBic) {
        var id = "T-%s-%06d".formatted(date, ++trades);
        execution
                .sql(TRADE.replace("'O-1'", "'O-" + trades + "'").replace("'ALFA',", "'B" + trades + "',"))
                .param("id", id)
                .param("date", date)
                .param("brokerBic", brokerBic)
                .param("instrument", instrument)
                .param("side", side)
                .param("quantity", quantity)
                .param("amount", new BigDecimal(amount))
                .param("settlement", settlement)
                .param("confirm", confirmed)
                .param("executed", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return id;
    }

    /** Six purchases and sales in three markets and one of Bitcoin. */
    void tradesOf(LocalDate date, LocalDate settlement) {
        trade(date, "VOD.XLON", "BUY", 1000, "721.45", settlement);
        trade(date, "VOD.XLON", "SELL", 400, "288.10", settlement);
        trade(date, "ALV.XETR", "BUY", 10000, "500000.00", settlement);
        trade(date, "7203.XTKS", "BUY", 300, "810000", settlement);
        trade(date, "VOD.XLON", "BUY", 50, "36.00", settlement);
        trade(date, "ALV.XETR", "SELL", 20, "1000.00", settlement);
        trade(date, "BTCUSD.XBTS", "BUY", 2, "180000.00", settlement);
    }

    /** Runs the job for the date as its next run, and expects it to complete. */
    void run(String job, LocalDate date) {
        requireCompleted(job, start(job, date));
    }

    /** As the job board does it: the run is recorded first and executed then, in this thread. */
    private JobExecution start(String job, LocalDate date) {
        return execute(job, created(job, date));
    }

    private JobExecution created(String job, LocalDate date) {
        var sequence = sequences.merge(job + date, 1L, Long::sum);
        var parameters = RunParameters.of(date, sequence);
        var repository = bean(JobRepository.class);
        return repository.createJobExecution(
                repository.createJobInstance(job, parameters), parameters, new ExecutionContext());
    }

    private JobExecution execute(String job, JobExecution execution) {
        try {
            context.getBean(job, Job.class).execute(execution);
            return execution;
        } catch (JobExecutionException failed) {
            throw new AssertionError(job + " could not be executed", failed);
        }
    }

    /** Runs the job; if the power was cut in it, recovers and restarts it. True if that was needed. */
    boolean runThroughPowerCut(String job, LocalDate date, int commit, boolean before) {
        var first = created(job, date);
        power.cut(commit, before);
        try {
            execute(job, first);
        } catch (RuntimeException dark) {
            // The framework could not even record the failure; nor can a dead process.
            assertThat(dark).hasStackTraceContaining("The power is cut");
        }
        if (!power.restore()) {
            return false;
        }
        var repository = bean(JobRepository.class);
        var left = requireNonNull(repository.getJobExecution(first.getId()));
        if (left.getStatus() == BatchStatus.COMPLETED) {
            return true;
        }
        if (left.getStatus() != BatchStatus.FAILED) {
            bean(JobOperator.class).recover(left);
        }
        var again =
                repository.createJobExecution(left.getJobInstance(), first.getJobParameters(), new ExecutionContext());
        requireCompleted(job, execute(job, again));
        return true;
    }

    private static void requireCompleted(String job, JobExecution execution) {
        if (execution.getStatus() != BatchStatus.COMPLETED) {
            throw new AssertionError(
                    job + " ended " + execution.getStatus() + " " + execution.getAllFailureExceptions());
        }
    }

    /** The instructions of a date in the order of their references. */
    List<String> instructions(LocalDate date) {
        return own.sql("select instruction_id from settlement.instruction where business_date = :date order by 1")
                .param("date", date)
                .query((row, n) -> row.getString(1))
                .list();
    }

    String status(String instruction) {
        return own.sql("select status from settlement.instruction where instruction_id = :id")
                .param("id", instruction)
                .query((row, n) -> row.getString(1))
                .single();
    }

    /** An MT548. */
    String statusMessage(String instruction, String reference, Instant at, String status, @Nullable String reason) {
        var reasons = reason == null ? "" : ":16R:REAS\n:24B::PEND//" + reason + "\n:16S:REAS\n";
        return "{1:F01TRSUGB2LAXXX0000000000}{2:O5481805261015CUSTGB2LAXXX00000000002610151905N}{4:\n"
                + ":16R:GENL\n"
                + ":20C::SEME//"
                + reference + "\n:23G:INST\n:98C::PREP//" + stamp(at) + "\n:16R:LINK\n:20C::RELA//" + instruction
                + "\n:16S:LINK\n:16R:STAT\n:25D::" + status + "\n" + reasons
                + ":16S:STAT\n:16S:GENL\n-}{5:{CHK:123456789ABC}}\n";
    }

    /** An MT545 or MT547 of a part of the instruction; a reversal of an earlier one if that is named. */
    String confirmation(
            String instruction,
            String reference,
            Instant at,
            int percent,
            LocalDate settledOn,
            @Nullable String reverses) {
        var row = own.sql("""
            select direction, isin, currency, quantity * :percent / 100 as quantity,
                   trunc(amount * :percent / 100, case currency when 'JPY' then 0 else 2 end) as amount
            from settlement.instruction where instruction_id = :id\
            """)
                .param("id", instruction)
                .param("percent", percent)
                .query((r, n) -> new Part(
                        r.getString("direction"),
                        r.getString("isin"),
                        r.getString("currency"),
                        r.getBigDecimal("quantity"),
                        r.getBigDecimal("amount")))
                .single();
        var type = row.direction().equals("RECE") ? "545" : "547";
        var link = reverses == null ? "" : ":16R:LINK\n:20C::PREV//" + reverses + "\n:16S:LINK\n";
        return "{1:F01TRSUGB2LAXXX0000000000}{2:O" + type
                + "1805261015CUSTGB2LAXXX00000000002610151905N}{4:\n:16R:GENL\n:20C::SEME//" + reference + "\n:23G:"
                + (reverses == null ? "NEWM" : "RVSL") + "\n:98C::PREP//" + stamp(at) + "\n:16R:LINK\n:20C::RELA//"
                + instruction + "\n:16S:LINK\n" + link + ":16S:GENL\n:16R:TRADDET\n:98A::ESET//"
                + settledOn.toString().replace("-", "") + "\n:35B:ISIN " + row.isin()
                + "\n:16S:TRADDET\n:16R:FIAC\n:36B::ESTT//UNIT/" + number(row.quantity())
                + "\n:97A::SAFE//SAFEGEQ1001\n"
                + ":16S:FIAC\n:16R:SETDET\n:16R:AMT\n:19A::ESTT//" + row.currency() + number(row.amount())
                + "\n:16S:AMT\n:16S:SETDET\n-}{5:{CHK:123456789ABC}}\n";
    }

    private record Part(String direction, String isin, String currency, BigDecimal quantity, BigDecimal amount) {}

    private static String number(BigDecimal number) {
        var text = number.stripTrailingZeros().toPlainString().replace('.', ',');
        return text.contains(",") ? text : text + ",";
    }

    private static String stamp(Instant at) {
        return at.toString().replaceAll("[-:TZ]", "").substring(0, 14);
    }

    /**
     * What the custodian says about the instructions of {@link #tradesOf}: the first settles, the second is unmatched,
     * the third settles in part, the fourth is rejected, the fifth settles, is reversed and settles again, the sixth
     * says nothing.
     */
    List<String> conversation(LocalDate date, LocalDate settledOn) {
        var ids = instructions(date);
        var t = date.atTime(22, 0).toInstant(ZoneOffset.UTC);
        var s = settledOn.atTime(16, 0).toInstant(ZoneOffset.UTC);
        var messages = new ArrayList<String>();
        for (var id : ids.subList(0, 5)) {
            messages.add(statusMessage(id, "P" + id.substring(1), t, "IPRC//PACK", null));
        }
        messages.add(statusMessage(ids.get(0), "M" + ids.get(0).substring(1), t, "MTCH//MACH", null));
        messages.add(confirmation(ids.get(0), "C" + ids.get(0).substring(1), s, 100, settledOn, null));
        messages.add(statusMessage(ids.get(1), "N" + ids.get(1).substring(1), t.plusSeconds(60), "MTCH//NMAT", "CMIS"));
        messages.add(confirmation(ids.get(2), "C" + ids.get(2).substring(1), s, 40, settledOn, null));
        messages.add(statusMessage(ids.get(2), "Q" + ids.get(2).substring(1), s.plusSeconds(9), "SETT//PENF", "CLAC"));
        messages.add(statusMessage(ids.get(3), "R" + ids.get(3).substring(1), t.plusSeconds(60), "IPRC//REJT", "SAFE"));
        messages.add(confirmation(ids.get(4), "C" + ids.get(4).substring(1), s, 100, settledOn, null));
        messages.add(confirmation(
                ids.get(4),
                "V" + ids.get(4).substring(1),
                s.plusSeconds(60),
                100,
                settledOn,
                "C" + ids.get(4).substring(1)));
        messages.add(confirmation(ids.get(4), "D" + ids.get(4).substring(1), s.plusSeconds(120), 100, settledOn, null));
        return messages;
    }

    /** Puts a file into the custodian's folder. */
    void answer(String content) {
        var folder = drop.resolve("custodian").resolve("from");
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("%05d.fin".formatted(++answers)), content, StandardCharsets.US_ASCII);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    /** Everything that must be equal between an unbroken date and a broken one, without what names the date. */
    Map<String, List<String>> totals(LocalDate date) {
        var totals = new TreeMap<String, List<String>>();
        totals.put("obligations", rows("""
            select number || ' ' || instrument_id || ' ' || direction || ' ' || status || ' ' || stream_version
            from settlement.obligation where business_date = :date order by number\
            """, date));
        totals.put("instructions", rows("""
            select substr(instruction_id, 8) || ' ' || attempt || ' ' || status || ' ' || coalesce(reason_code, '-') || ' '
                || settled_quantity || ' ' || settled_amount || ' ' || stream_version || ' ' || (sent_at is not null)
            from settlement.instruction where business_date = :date order by 1\
            """, date));
        totals.put("slices", rows("""
            select substr(s.instruction_id, 8) || ' ' || s.quantity || ' ' || s.amount
            from settlement.slice s join settlement.instruction i using (instruction_id)
            where i.business_date = :date order by 1\
            """, date));
        totals.put("exceptions", rows("""
            select o.number || ' ' || e.kind
            from settlement.exception e join settlement.obligation o using (trade_id)
            where o.business_date = :date and e.closed_at is null order by 1\
            """, date));
        totals.put("messages", rows("""
            select m.message_type || ' ' || m.status || ' ' || count(*)
            from settlement.custodian_message m join settlement.instruction i on i.instruction_id = m.instruction_ref
            where i.business_date = :date group by m.message_type, m.status order by 1\
            """, date));
        totals.put("fails", rows("""
            select substr(f.instruction_id, 8) || ' ' || f.at_fault || ' ' || f.business_days || ' ' || f.quantity
            from settlement.fail f join settlement.instruction i using (instruction_id)
            where i.business_date = :date order by 1\
            """, date));
        totals.put("events", rows("""
            select e.type || ' ' || count(*) from journal.event e
            where e.chain = 'settlement' and (
                e.stream like 'instruction/S' || to_char(cast(:date as date), 'YYMMDD') || '%'
                or e.stream like 'obligation/T-' || :date || '-%')
            group by e.type order by 1\
            """, date));
        totals.put("files", files(date));
        return totals;
    }

    private List<String> files(LocalDate date) {
        var folder = drop.resolve("custodian").resolve("to");
        if (!Files.exists(folder)) {
            return List.of();
        }
        var prefix = "S%02d%02d%02d".formatted(date.getYear() % 100, date.getMonthValue(), date.getDayOfMonth());
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(prefix) || name.startsWith("."))
                    .map(name -> name.startsWith(".") ? name : name.substring(7))
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private List<String> rows(String query, LocalDate date) {
        return own.sql(query)
                .param("date", date)
                .query((row, n) -> row.getString(1))
                .list();
    }

    @Override
    public void close() {
        context.close();
        LocalPostgres.shared().drop(database);
    }
}
