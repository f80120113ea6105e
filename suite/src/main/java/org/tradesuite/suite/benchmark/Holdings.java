package org.tradesuite.suite.benchmark;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tradesuite.market.Isin;

/** A statement of holdings of one account over many pages in one file, as MT535 and as semt.002. */
final class Holdings {

    static final LocalDate DAY = LocalDate.of(2026, 11, 20);
    private static final int PAGE = 1_000;
    private static final String ACCOUNT = "SAFE1";

    private final List<String> isins;

    Holdings(int count) {
        this.isins = IntStream.range(0, count)
                .mapToObj(number -> "GB%09d".formatted(number))
                .map(digits -> digits + Isin.checkDigit(digits))
                .toList();
    }

    private int pages() {
        return (isins.size() + PAGE - 1) / PAGE;
    }

    private int to(int page) {
        return Math.min(isins.size(), page * PAGE);
    }

    private static long quantity(int number) {
        return 100 + number * 31L % 90_000;
    }

    /** Each page a message. */
    List<String> fin() {
        var messages = new ArrayList<String>();
        for (var page = 1; page <= pages(); page++) {
            var text = new StringBuilder(
                            "{1:F01TRSUGB2LAXXX0000000000}{2:O5351800261120CUSTGB2LAXXX00000000002611201800N}{4:\n")
                    .append(":16R:GENL\n:28E:" + page + (page == pages() ? "/LAST" : "/MORE") + "\n:20C::SEME//H" + page
                            + "\n"
                            + ":23G:NEWM\n"
                            + ":98A::STAT//20261120\n"
                            + ":22F::SFRE//DAIL\n"
                            + ":22F::CODE//COMP\n"
                            + ":22F::STTY//CUST\n"
                            + ":22F::STBA//SETT\n"
                            + ":97A::SAFE//" + ACCOUNT
                            + "\n:17B::ACTI//Y\n:16S:GENL\n:16R:SUBSAFE\n");
            for (var number = (page - 1) * PAGE; number < to(page); number++) {
                text.append(":16R:FIN\n:35B:ISIN ")
                        .append(isins.get(number))
                        .append("\nORDINARY SHARES NUMBER ")
                        .append(number)
                        .append("\n:93B::AGGR//UNIT/")
                        .append(quantity(number))
                        .append(",\n:93B::AVAI//UNIT/")
                        .append(quantity(number))
                        .append(",\n:16S:FIN\n");
            }
            messages.add(text.append(":16S:SUBSAFE\n-}").toString());
        }
        return messages;
    }

    static void write(List<String> messages, Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        try (var out = Files.newBufferedWriter(folder.resolve(name))) {
            for (var message : messages) out.write(message + "\n");
        }
    }

    /** Each page a file. */
    void writeIso(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var page = 1; page <= pages(); page++) {
            try (var out = Files.newBufferedWriter(folder.resolve("page-" + page + ".xml"))) {
                iso(page, out);
            }
        }
    }

    private void iso(int page, BufferedWriter out) throws IOException {
        out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:semt.002.001.11\">\n"
                + "<SctiesBalCtdyRpt><Pgntn><PgNb>" + page + "</PgNb><LastPgInd>" + (page == pages())
                + "</LastPgInd></Pgntn>\n<StmtGnlDtls><StmtId>H1</StmtId><StmtDtTm><Dt>" + DAY
                + "</Dt></StmtDtTm><Frqcy><Cd>DAIL</Cd></Frqcy><UpdTp><Cd>COMP</Cd></UpdTp><StmtBsis><Cd>SETT</Cd></StmtBsis><ActvtyInd>true</ActvtyInd><SubAcctInd>false</SubAcctInd></StmtGnlDtls>\n"
                + "<AcctSvcr><Id><AnyBIC>CUSTGB2LXXX"
                + "</AnyBIC></Id></AcctSvcr><SfkpgAcct><Id>" + ACCOUNT + "</Id></SfkpgAcct>\n");
        for (var number = (page - 1) * PAGE; number < to(page); number++) {
            out.write("<BalForAcct><FinInstrmId><ISIN>" + isins.get(number)
                    + "</ISIN></FinInstrmId><AggtBal><ShrtLngInd>LONG</ShrtLngInd><Qty><Qty><Qty><Unit>"
                    + quantity(number)
                    + "</Unit></Qty></Qty></Qty></AggtBal></BalForAcct>\n");
        }
        out.write("</SctiesBalCtdyRpt>\n</Document>\n");
    }

    /** The rows that a statement becomes, as COPY takes them. */
    String rows() {
        var text = new StringBuilder();
        for (var number = 0; number < isins.size(); number++) {
            text.append(1 + number / PAGE)
                    .append('\t')
                    .append(1 + number % PAGE)
                    .append('\t')
                    .append(isins.get(number))
                    .append("\tORDINARY SHARES NUMBER ")
                    .append(number)
                    .append("\tUNIT\t")
                    .append(quantity(number))
                    .append('\t')
                    .append(quantity(number))
                    .append("\t\\N\t\\N\t")
                    .append(14L + 6L * number)
                    .append('\t')
                    .append(300L + 110L * number)
                    .append("\t110\n");
        }
        return text.toString();
    }
}
