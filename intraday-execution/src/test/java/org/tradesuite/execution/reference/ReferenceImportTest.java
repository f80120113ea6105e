package org.tradesuite.execution.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalDatabase;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Mic;

class ReferenceImportTest {

    private static final LocalDate MONDAY_23_NOVEMBER_2026 = LocalDate.of(2026, 11, 23);
    private static final Instant MORNING = Instant.parse("2026-11-23T05:00:00Z");
    private static final Path SAMPLES = Path.of("../suite/src/main/resources/reference");
    private static final String BROKER_HEADER = "broker_id,name,lei,bic,status\n";

    private LocalDatabase database;
    private Connection connection;

    @BeforeEach
    void a_transaction_of_execution() throws SQLException {
        database = LocalPostgres.shared().newDatabase();
        connection = database.dataSource(DatabaseRole.EXECUTION).getConnection();
        connection.setAutoCommit(false);
    }

    @AfterEach
    void end() throws SQLException {
        connection.close();
        LocalPostgres.shared().drop(database);
    }

    @Test
    void the_sample_universe_is_taken_whole() throws SQLException, IOException {
        importSamples();

        var reference = ReferenceReader.read(connection, MONDAY_23_NOVEMBER_2026);

        assertThat(reference.instruments()).hasSize(40);
        assertThat(reference.accounts()).hasSize(7);
        assertThat(reference.brokers()).hasSize(3);
        assertThat(reference.openingCash()).hasSize(24);
        assertThat(reference.limits().all()).isNotEmpty();
        assertThat(reference.firm()).isPresent();
        var toyota = reference.instrument(InstrumentId.of("7203.XTKS")).orElseThrow();
        assertThat(toyota.lotSize().value()).isEqualByComparingTo("100");
        assertThat(reference.instrument("BTC/USD", Mic.of("XBTS")).orElseThrow().isin())
                .isNull();
        assertThat(reference.rate(BrokerId.of("ALFA"), Mic.of("XLON"))).isPresent();
        assertThat(reference.account(AccountId.of("GEQ1")).orElseThrow().baseCurrency())
                .isEqualTo(Currency.GBP);
        assertThat(reference.fxRate(Currency.GBP, Currency.JPY)).isPresent();
    }

    @Test
    void every_market_of_the_sample_has_rates_sessions_cycles_and_a_profile() throws SQLException, IOException {
        importSamples();

        var reference = ReferenceReader.read(connection, MONDAY_23_NOVEMBER_2026);

        for (var instrument : reference.instruments()) {
            var mic = instrument.mic();
            assertThat(reference.knowsSessionsOf(mic)).as(mic.toString()).isTrue();
            for (var broker : reference.brokers()) {
                assertThat(reference.rate(broker.id(), mic))
                        .as(broker.id() + " " + mic)
                        .isPresent();
            }
            assertThat(reference.settlementDate(instrument, LocalDate.of(2026, 11, 24)))
                    .as(mic.toString())
                    .isPresent();
            var profile = reference.volumeProfile(mic, LocalDate.of(2026, 11, 24));
            assertThat(profile.stream()
                            .map(VolumeInterval::share)
                            .reduce(java.math.BigDecimal.ZERO, java.math.BigDecimal::add))
                    .as(mic.toString())
                    .isEqualByComparingTo("1");
        }
    }

    @Test
    void the_same_file_again_changes_nothing() throws SQLException, IOException {
        importSamples();

        for (var kind : ReferenceKind.values()) {
            var again = run(kind, sample(kind));
            assertThat(again.failures()).as(kind.name()).isEmpty();
            assertThat(again.changed()).as(kind.name()).isZero();
            assertThat(again.accepted()).as(kind.name()).isEqualTo(again.rows());
        }
    }

    @Test
    void good_rows_are_taken_and_bad_rows_come_back_with_line_text_and_reason() throws SQLException {
        var result = run(
                ReferenceKind.BROKERS,
                BROKER_HEADER
                        + "ALFA,Alfa,9845ALFASECUR0000104,ALFAGB2LXXX,ACTIVE\n"
                        + "BRAVO,Bravo,9845BRAVOMARK0000122,BRAVDEFFXXX,ACTIVE\n"
                        + "CHARLIE,Charlie,9845ALFASECUR0000104,CHARUS33XXX,ACTIVE\n");

        assertThat(result.rows()).isEqualTo(3);
        assertThat(result.accepted()).isEqualTo(2);
        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.line()).isEqualTo(3);
            assertThat(failure.text()).isEqualTo("BRAVO,Bravo,9845BRAVOMARK0000122,BRAVDEFFXXX,ACTIVE");
            assertThat(failure.reason()).startsWith("Column lei:");
        });
        var reference = ReferenceReader.read(connection, MONDAY_23_NOVEMBER_2026);
        assertThat(reference.brokers())
                .extracting(Broker::id)
                .containsExactly(BrokerId.of("ALFA"), BrokerId.of("CHARLIE"));
    }

    @Test
    void a_row_that_names_what_is_not_there_is_refused_by_the_database_and_the_others_stay() throws SQLException {
        run(ReferenceKind.BROKERS, BROKER_HEADER + "ALFA,Alfa,9845ALFASECUR0000104,ALFAGB2LXXX,ACTIVE\n");

        var result = run(ReferenceKind.BROKER_RATES, """
            broker_id,mic,commission_bps,minimum_commission,fee_bps
            ALFA,XLON,2,5,0.5
            NOBODY,XLON,2,5,0.5
            ALFA,XETR,-1,5,0.5
            """);

        assertThat(result.accepted()).isEqualTo(1);
        assertThat(result.failures()).extracting(ImportResult.RowFailure::line).containsExactly(3L, 4L);
        assertThat(result.failures().getFirst().reason()).contains("NOBODY");
        assertThat(result.failures().getLast().reason()).contains("commission_bps");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        broker_id,name,lei,bic                              | Column 'status' is missing
        broker_id,name,lei,bic,status,mood                  | Column 'mood' is not known
        broker_id,name,name,lei,bic,status                  | names a column twice
        """)
    void a_header_nobody_can_read_makes_the_whole_file_wrong(String header, String reason) throws SQLException {
        var result = run(ReferenceKind.BROKERS, header.strip() + "\nALFA,Alfa,x,y,ACTIVE\n");

        assertThat(result.accepted()).isZero();
        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.line()).isEqualTo(1);
            assertThat(failure.reason()).contains(reason);
        });
    }

    @Test
    void an_empty_file_says_so() throws SQLException {
        assertThat(run(ReferenceKind.BROKERS, "").failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.reason()).contains("empty"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        VOD.XLON,GB00BH4HKS38,VOD,XLON,ESVUFR,Vodafone,Vodafone,,GBP,EQUITY,1,0.0002,0,1,1,0.1,S,GB,,GBLO,1,ACTIVE,, | isin
        VOD.XLON,,VOD,XLON,ESVUFR,Vodafone,Vodafone,,GBP,EQUITY,1,0.0002,0,1,1,0.1,S,GB,,GBLO,1,ACTIVE,, | isin
        VOD.XPAR,GB00BH4HKS39,VOD,XLON,ESVUFR,Vodafone,Vodafone,,GBP,EQUITY,1,0.0002,0,1,1,0.1,S,GB,,GBLO,1,ACTIVE,, | must end with its market
        VOD.XLON,GB00BH4HKS39,VOD,XLON,ESVUFR,Vodafone,Vodafone,,GBX,EQUITY,1,0.0002,0,1,1,0.1,S,GB,,GBLO,1,ACTIVE,, | currency
        VOD.XLON,GB00BH4HKS39,VOD,XLON,ESVUFR,Vodafone,Vodafone,,GBP,EQUITY,0.5,0.0002,0,1,1,0.1,S,GB,,GBLO,1,ACTIVE,, | lot_size
        VOD.XLON,GB00BH4HKS39,VOD,XLON,ESVUFR,Vodafone,Vodafone,,GBP,EQUITY,0,0.0002,0,1,1,0.1,S,GB,,GBLO,1,ACTIVE,, | lot_size
        VOD.XLON,GB00BH4HKS39,VOD,XLON,ESVUFR,Vodafone,Vodafone,,GBP,EQUITY,1,1e-4,0,1,1,0.1,S,GB,,GBLO,1,ACTIVE,, | tick_size
        VOD.XLON,GB00BH4HKS39,VOD,XLON,ESVUFR,Vodafone,Vodafone,,GBP,EQUITY,1,0.0002,0,1,1,0.1,S,XX,,GBLO,1,ACTIVE,, | country
        VOD.XLON,GB00BH4HKS39,VOD,XLON,ESVUFR,Vodafone,Vodafone,,GBP,EQUITY,1,0.0002,0,1,1,0.1,S,GB,,MOON,1,ACTIVE,, | calendar
        VOD.XLON,GB00BH4HKS39,VOD,XLON,ESVUFR,Vodafone,Vodafone,,GBP,EQUITY,1,0.0002,0,1,1,0.1,S,GB,,GBLO,1,OPEN,, | status
        VOD.XLON,GB00BH4HKS39,VOD,XLON,ESVUFR,Vodafone,Vodafone,,GBP,EQUITY,1,0.0002,0,1,1,0.1,S,GB,,GBLO,1              | 21 fields
        VOD.XLON,GB00BH4HKS39,VOD,XLON,ESVUFR,Vodafone,Vodafone,,GBP,EQUITY,1,0.0002,0,1,1,0.1,S,GB,,GBLO,1,ACTIVE,BBB*, | rating
        VOD.XLON,GB00BH4HKS39,VOD,XLON,ESVUFR,Vodafone,Vodafone,,GBP,EQUITY,1,0.0002,0,1,1,0.1,S,GB,,GBLO,1,ACTIVE,,TOBACCO;FUN | category of exclusion
        """)
    void a_wrong_instrument_is_refused_with_the_column_named(String row, String named)
            throws SQLException, IOException {
        var header = sample(ReferenceKind.INSTRUMENTS).lines().findFirst().orElseThrow();

        var result = run(ReferenceKind.INSTRUMENTS, header + "\n" + row.strip() + "\n");

        assertThat(result.accepted()).isZero();
        assertThat(result.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.reason()).contains(named.strip()));
    }

    @Test
    void two_rows_of_the_same_key_leave_the_first() throws SQLException {
        var result = run(
                ReferenceKind.BROKERS,
                BROKER_HEADER
                        + "ALFA,Alfa,9845ALFASECUR0000104,ALFAGB2LXXX,ACTIVE\n"
                        + "ALFA,Other,9845ALFASECUR0000104,ALFAGB2LXXX,ACTIVE\n");

        assertThat(result.accepted()).isEqualTo(1);
        assertThat(result.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.reason()).contains("Line 2 has the same key"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        FIRM,*,MAX_ORDER_NOTIONAL,1000,,2026-01-01,,why          | name its currency
        FIRM,*,MAX_ADV_SHARE_PERCENT,10,GBP,2026-01-01,,why      | leave its currency empty
        FIRM,*,MAX_ORDER_NOTIONAL,-1,GBP,2026-01-01,,why         | zero or above
        FIRM,GEQ1,MAX_ORDER_NOTIONAL,1,GBP,2026-01-01,,why       | the firm is named *
        ACCOUNT,*,MAX_ORDER_NOTIONAL,1,GBP,2026-01-01,,why       | by its own identifier
        ROOM,X,MAX_ORDER_NOTIONAL,1,GBP,2026-01-01,,why          | scope
        DESK,*,MAX_ORDER_NOTIONAL,1,GBP,2026-01-01,,why          | by its own identifier
        FIRM,*,MAX_OPEN_ORDERS,5,GBP,2026-01-01,,why             | leave its currency empty
        ACCOUNT,GEQ1,MAX_BROKER_NOTIONAL,5,GBP,2026-01-01,,why   | is measured by [FIRM, BROKER]
        FIRM,*,MAX_FUN,1,,2026-01-01,,why                        | kind
        FIRM,*,PRICE_COLLAR_PERCENT,1,,2026-01-01,2025-01-01,why | not after its beginning
        TRADER,jdoe,MAX_GROSS_EXPOSURE,1,GBP,2026-01-01,,why     | is measured by [FIRM, CLIENT, PORTFOLIO, ACCOUNT]
        """)
    void a_limit_nobody_can_hold_an_order_to_is_refused(String row, String reason) throws SQLException {
        var result = run(
                ReferenceKind.LIMITS,
                "scope,scope_id,kind,amount,currency,valid_from,valid_until,reason\n" + row.strip() + "\n");

        assertThat(result.accepted()).isZero();
        assertThat(result.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.reason()).contains(reason.strip()));
    }

    @Test
    void overlapping_versions_of_a_limit_are_refused_and_adjoining_ones_taken() throws SQLException {
        var result = run(ReferenceKind.LIMITS, """
            scope,scope_id,kind,amount,currency,valid_from,valid_until,reason
            FIRM,*,PRICE_COLLAR_PERCENT,5,,2026-01-01,2026-02-01T12:00:00Z,base
            FIRM,*,PRICE_COLLAR_PERCENT,8,,2026-02-01T12:00:00Z,2026-02-01T16:00:00Z,one afternoon
            FIRM,*,PRICE_COLLAR_PERCENT,5,,2026-02-01T16:00:00Z,,base again
            FIRM,*,PRICE_COLLAR_PERCENT,9,,2026-02-01T13:00:00Z,,too early
            """);

        assertThat(result.accepted()).isEqualTo(3);
        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.line()).isEqualTo(5);
            assertThat(failure.reason()).contains("overlaps another version");
        });
    }

    @Test
    void a_file_sets_the_first_limits_and_changes_none_afterwards() throws SQLException {
        var header = "scope,scope_id,kind,amount,currency,valid_from,valid_until,reason\n";
        var first = "FIRM,*,PRICE_COLLAR_PERCENT,5,,2026-01-01,,base\n";
        run(ReferenceKind.LIMITS, header + first);

        var raised = run(ReferenceKind.LIMITS, header + "FIRM,*,PRICE_COLLAR_PERCENT,50,,2026-01-01,,more\n");
        var more = run(ReferenceKind.LIMITS, header + first + "FIRM,*,MAX_OPEN_ORDERS,50,,2026-01-01,,new\n");

        assertThat(raised.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.reason()).contains("POST /limit-changes"));
        assertThat(more.accepted()).isEqualTo(1);
        assertThat(more.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.line()).isEqualTo(3);
            assertThat(failure.reason()).contains("POST /limit-changes");
        });
        assertThat(ReferenceReader.read(connection, MONDAY_23_NOVEMBER_2026)
                        .limits()
                        .all())
                .singleElement()
                .satisfies(limit -> assertThat(limit.amount()).isEqualByComparingTo("5"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        TRADING_LISTS           | GREY,ISSUER,VOD,BOTH,2026-01-01,,why                      | list
        TRADING_LISTS           | WATCH,SECTOR,VOD,BOTH,2026-01-01,,why                     | scope
        TRADING_LISTS           | WATCH,INSTRUMENT,Vodafone,BOTH,2026-01-01,,why            | Vodafone
        TRADING_LISTS           | WATCH,ISSUER,VOD,NEITHER,2026-01-01,,why                  | side
        TRADING_LISTS           | WATCH,ISSUER,VOD,BOTH,soon,,why                           | valid_from
        TRADING_LISTS           | WATCH,ISSUER,VOD,BOTH,2026-01-01,2025-01-01,why           | not after its beginning
        PERMISSIONS             | apatel,*,*,BOND,*,*,why                                   | asset_class
        PERMISSIONS             | apatel,*,*,*,LONDON,*,why                                 | mic
        PERMISSIONS             | ,*,*,*,*,*,why                                            | trader_id
        LOCATES                 | GEQ1,SAP.XETR,,0,LENDER,L1                                | above zero
        LOCATES                 | NONE,SAP.XETR,,1,LENDER,L1                                | NONE
        EASY_TO_BORROW          | NONE.XETR,2026-01-01,,LENDER                              | NONE.XETR
        SHORT_SALE_RESTRICTIONS | SAP.XETR,2026-01-01,2026-01-01,why                        | not after its beginning
        CORPORATE_ACTIONS       | E1,DVCA,US0378331005,US0378331005,NEWO,2,1,2026-11-23,2026-11-25 | event
        CORPORATE_ACTIONS       | E1,SPLF,US0378331006,US0378331005,NEWO,2,1,2026-11-23,2026-11-25 | isin
        CORPORATE_ACTIONS       | E1,SPLF,US0378331005,US0378331005,2:1,2,1,2026-11-23,2026-11-25  | ratio
        CORPORATE_ACTIONS       | E1,SPLF,US0378331005,US0378331005,NEWO,2,0,2026-11-23,2026-11-25 | above zero
        CORPORATE_ACTIONS       | E1,SPLF,US0378331005,US0378331005,NEWO,1,1,2026-11-23,2026-11-25 | changes no holding
        CORPORATE_ACTIONS       | E1,SPLF,US0378331005,US0378331005,NEWO,2,1,2026-11-25,2026-11-23 | is before ex_date
        CORPORATE_ACTIONS       | E1,SPLF,US0378331005,US0378331005,NEWO,2,1,30/11/2026,2026-12-01 | ex_date
        MARGIN_RATES            | EQUITY,150,25,150,15                                      | initial_percent
        MARGIN_RATES            | EQUITY,50,60,150,15                                       | maintenance_percent
        MARGIN_RATES            | EQUITY,50,25,50,15                                        | short_initial_percent
        MARGIN_RATES            | EQUITY,50,25,150,101                                      | haircut_percent
        MANDATE_RULES           | M,1,2026-01-01,,NO_FUN,ACCOUNT,*,,why                     | rule
        MANDATE_RULES           | M,1,2026-01-01,,MAX_WEIGHT,ISSUER,*,,why                  | needs a percent
        MANDATE_RULES           | M,0,2026-01-01,,NO_SHORT,ACCOUNT,*,,why                   | the first is 1
        MANDATE_RULES           | M,one,2026-01-01,,NO_SHORT,ACCOUNT,*,,why                 | version
        MANDATE_RULES           | M,1,2026-01-01,,NO_SHORT                                  | fields
        """)
    void a_row_of_the_rulebook_that_does_not_parse_is_refused_and_changes_nothing(
            ReferenceKind kind, String row, String reason) throws SQLException, IOException {
        importSamples();
        var before = ReferenceReader.read(connection, MONDAY_23_NOVEMBER_2026).content();
        var header = sample(kind).lines().findFirst().orElseThrow();

        var result = run(kind, header + "\n" + row.strip() + "\n");

        assertThat(result.accepted()).isZero();
        assertThat(result.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.reason()).contains(reason.strip()));
        assertThat(ReferenceReader.read(connection, MONDAY_23_NOVEMBER_2026).content())
                .isEqualTo(before);
    }

    @Test
    void overlapping_versions_of_a_mandate_are_refused_and_adjoining_ones_taken() throws SQLException {
        var header = "mandate_id,version,valid_from,valid_until,rule,dimension,value,percent,reason\n";

        var adjoining = run(
                ReferenceKind.MANDATE_RULES,
                header
                        + "M,1,2026-01-01,2026-02-01,MAX_WEIGHT,ISSUER,*,5,first\n"
                        + "M,2,2026-02-01,,MAX_WEIGHT,ISSUER,*,6,second\n");
        var overlapping = run(
                ReferenceKind.MANDATE_RULES,
                header + "M,3,2026-03-01,,MAX_WEIGHT,ISSUER,*,7,before the second ended\n");
        var other = run(ReferenceKind.MANDATE_RULES, header + "M,3,2026-03-01,,MAX_WEIGHT,SECTOR,*,30,another\n");

        assertThat(adjoining.failures()).isEmpty();
        assertThat(other.failures()).isEmpty();
        assertThat(overlapping.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.reason()).contains("overlaps another version"));
    }

    @Test
    void the_samples_rulebook_is_read_back() throws SQLException, IOException {
        importSamples();

        var reference = ReferenceReader.read(connection, MONDAY_23_NOVEMBER_2026);

        var boeing = reference.instrument(InstrumentId.of("BA.XNYS")).orElseThrow();
        assertThat(boeing.esg()).containsExactly(EsgCategory.CONTROVERSIAL_WEAPONS);
        assertThat(boeing.rating()).isEqualTo(Rating.BBB_MINUS);
        assertThat(reference.tradingLists(boeing))
                .singleElement()
                .satisfies(entry -> assertThat(entry.list()).isEqualTo(TradingList.WATCH));
        assertThat(reference.permission("apatel", AccountId.of("GEQ1"), "VALUE", boeing))
                .isPresent();
        assertThat(reference.located(AccountId.of("GEQ1"), InstrumentId.of("SAP.XETR")))
                .isEqualByComparingTo("10000");
        assertThat(reference.isEasyToBorrow(InstrumentId.of("KO.XNYS"), MORNING))
                .isTrue();
        assertThat(reference.isRestrictedShort(InstrumentId.of("DIS.XNYS"), MORNING))
                .isFalse();
        assertThat(reference.marginRate(AssetClass.EQUITY)).isPresent();
        var pension = reference.account(AccountId.of("PEN1")).orElseThrow();
        assertThat(reference.mandate(String.valueOf(pension.mandate()))).isPresent();
        assertThat(pension.client()).isEqualTo("BETA");
        assertThat(reference.trader("sito").orElseThrow().desk()).isEqualTo("ASIA");
    }

    @Test
    void a_file_that_is_cut_off_in_a_quote_is_told() throws SQLException {
        var result = run(
                ReferenceKind.BROKERS,
                BROKER_HEADER + "ALFA,Alfa,9845ALFASECUR0000104,ALFAGB2LXXX,ACTIVE\nBRAVO,\"Bravo");

        assertThat(result.failures()).isNotEmpty();
        assertThat(result.accepted()).isEqualTo(1);
    }

    @Test
    void an_import_outside_a_transaction_is_a_bug() throws SQLException {
        connection.setAutoCommit(true);

        assertThatThrownBy(() -> run(ReferenceKind.BROKERS, BROKER_HEADER)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void names_of_tables_and_of_files_both_find_their_kind() {
        for (var kind : ReferenceKind.values()) {
            assertThat(ReferenceKind.of(kind.table())).contains(kind);
        }
        assertThat(ReferenceKind.of("instruments")).contains(ReferenceKind.INSTRUMENTS);
        assertThat(ReferenceKind.of("weather")).isEmpty();
    }

    private void importSamples() throws SQLException, IOException {
        for (var kind : ReferenceKind.values()) {
            var result = run(kind, sample(kind));
            assertThat(result.failures()).as(kind.name()).isEmpty();
            assertThat(result.changed()).as(kind.name()).isEqualTo(result.rows());
        }
    }

    private static String sample(ReferenceKind kind) throws IOException {
        return Files.readString(SAMPLES.resolve(kind.file() + ".csv"));
    }

    private ImportResult run(ReferenceKind kind, String csv) throws SQLException {
        return ReferenceImport.run(connection, kind, csv, MONDAY_23_NOVEMBER_2026, "reference.desk", MORNING);
    }
}
