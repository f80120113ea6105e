package org.tradesuite.settlement.custodian;

import com.prowidesoftware.swift.model.SwiftBlock2Input;
import com.prowidesoftware.swift.model.SwiftBlock3;
import com.prowidesoftware.swift.model.SwiftBlock5;
import com.prowidesoftware.swift.model.Tag;
import com.prowidesoftware.swift.model.field.Field;
import com.prowidesoftware.swift.model.field.Field16R;
import com.prowidesoftware.swift.model.field.Field16S;
import com.prowidesoftware.swift.model.field.Field19A;
import com.prowidesoftware.swift.model.field.Field20C;
import com.prowidesoftware.swift.model.field.Field22F;
import com.prowidesoftware.swift.model.field.Field23G;
import com.prowidesoftware.swift.model.field.Field35B;
import com.prowidesoftware.swift.model.field.Field36B;
import com.prowidesoftware.swift.model.field.Field94B;
import com.prowidesoftware.swift.model.field.Field95P;
import com.prowidesoftware.swift.model.field.Field97A;
import com.prowidesoftware.swift.model.field.Field98A;
import com.prowidesoftware.swift.model.field.Field98C;
import com.prowidesoftware.swift.model.mt.AbstractMT;
import com.prowidesoftware.swift.model.mt.mt5xx.MT541;
import com.prowidesoftware.swift.model.mt.mt5xx.MT543;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import org.tradesuite.market.Bic;
import org.tradesuite.market.Money;
import org.tradesuite.settlement.instruction.Direction;
import org.tradesuite.settlement.instruction.Terms;

/**
 * An instruction as MT541 (receive against payment) or MT543 (deliver against payment), five blocks. The same terms and
 * the same time give the same bytes, so that a file lost in a crash is written again as it was.
 *
 * <p>The network writes session and sequence numbers into block 1 and the checksum into block 5; here, where a folder
 * takes the place of the network, the numbers are zero and the checksum is the start of the text's SHA-256.
 */
final class FinInstruction {

    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);
    private static final int LONGEST_NUMBER = 15;

    private FinInstruction() {}

    static String write(Terms terms, Instant preparedAt) {
        var receive = terms.direction() == Direction.RECE;
        var message = receive ? new MT541() : new MT543();
        header(message, terms);

        message.append(
                start("GENL"),
                new Field20C(":SEME//" + terms.reference()),
                new Field23G("NEWM"),
                new Field98C(":PREP//" + DATE_TIME.format(preparedAt)),
                end("GENL"));

        message.append(start("TRADDET"));
        if (terms.placeOfTrade() != null) {
            message.append(new Field94B(":TRAD//EXCH/" + terms.placeOfTrade()));
        }
        message.append(
                new Field98A(":SETT//" + date(terms.settlementDate())),
                new Field98A(":TRAD//" + date(terms.tradeDate())),
                new Field35B("ISIN " + terms.isin()),
                end("TRADDET"));

        message.append(
                start("FIAC"),
                new Field36B(":SETT//UNIT/" + number(terms.quantity().value())),
                new Field97A(":SAFE//" + terms.safekeepingAccount()),
                end("FIAC"));

        message.append(start("SETDET"), new Field22F(":SETR//TRAD"));
        party(message, receive ? "SELL" : "BUYR", terms.counterparty());
        message.append(start("SETPRTY"), new Field95P((receive ? ":DEAG//" : ":REAG//") + terms.counterpartyAgent()));
        if (terms.counterpartyAccount() != null) {
            message.append(new Field97A(":SAFE//" + terms.counterpartyAccount()));
        }
        message.append(end("SETPRTY"));
        party(message, "PSET", terms.placeOfSettlement());
        message.append(start("AMT"), new Field19A(":SETT//" + amount(terms.amount())), end("AMT"), end("SETDET"));

        var text = message.message();
        message.getSwiftMessage().setBlock5(trailer(text));
        return message.message();
    }

    private static void header(AbstractMT message, Terms terms) {
        var swift = message.getSwiftMessage();
        // A sender's logical terminal is named A; X in its place stands for any terminal and is for receivers.
        swift.getBlock1()
                .setLogicalTerminal(
                        terms.us().party() + "A" + terms.us().withBranch().substring(8));
        swift.getBlock1().setSessionNumber("0000");
        swift.getBlock1().setSequenceNumber("000000");
        var to = new SwiftBlock2Input();
        to.setMessageType(message.getMessageType());
        to.setReceiver(terms.custodian().withBranch());
        to.setMessagePriority("N");
        swift.setBlock2(to);
        var user = new SwiftBlock3();
        user.append(new Tag("108", terms.reference()));
        swift.setBlock3(user);
    }

    private static void party(AbstractMT message, String role, Bic party) {
        message.append(start("SETPRTY"), new Field95P(":" + role + "//" + party), end("SETPRTY"));
    }

    private static SwiftBlock5 trailer(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            var block = new SwiftBlock5();
            block.append(new Tag(
                    "CHK", HexFormat.of().withUpperCase().formatHex(digest).substring(0, 12)));
            return block;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static Field start(String sequence) {
        return new Field16R(sequence);
    }

    private static Field end(String sequence) {
        return new Field16S(sequence);
    }

    static String date(LocalDate date) {
        return DateTimeFormatter.BASIC_ISO_DATE.format(date);
    }

    /** Currency and number at the currency's scale: GBP1234,50 and JPY1234, */
    static String amount(Money money) {
        return money.currency() + number(money.amount());
    }

    /** Format 15d: a comma always, at most 15 characters with it. */
    static String number(BigDecimal number) {
        var text = number.toPlainString().replace('.', ',');
        if (text.indexOf(',') < 0) {
            text += ",";
        }
        if (text.length() > LONGEST_NUMBER) {
            throw new IllegalArgumentException(number.toPlainString()
                    + " has more than the 15 characters of a SWIFT number: instruct it in parts.");
        }
        return text;
    }
}
