package org.tradesuite.settlement.status;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.tradesuite.market.Bic;
import org.tradesuite.runsheet.Progress;
import org.tradesuite.runsheet.intake.DropFolder;
import org.tradesuite.runsheet.intake.DroppedFile;
import org.tradesuite.runsheet.intake.FileReceipts;
import org.tradesuite.runsheet.intake.Quarantine;
import org.tradesuite.runsheet.intake.RefusedRow;
import org.tradesuite.settlement.custodian.AdviceReader;
import org.tradesuite.settlement.custodian.Reading.Read;
import org.tradesuite.settlement.custodian.Reading.Unreadable;
import org.tradesuite.settlement.exceptions.ExceptionKind;
import org.tradesuite.settlement.exceptions.Exceptions;
import org.tradesuite.settlement.folders.SettlementFolders;
import org.tradesuite.settlement.instruction.Instruction;
import org.tradesuite.settlement.instruction.Instruction.Accepted;
import org.tradesuite.settlement.instruction.Instruction.Receive;
import org.tradesuite.settlement.instruction.Instruction.Refused;
import org.tradesuite.settlement.instruction.Instruction.Status;
import org.tradesuite.settlement.journal.InstructionBook;
import org.tradesuite.settlement.journal.InstructionBook.Change;
import org.tradesuite.settlement.journal.InstructionBook.Entry;
import org.tradesuite.settlement.journal.Journal;
import org.tradesuite.settlement.status.CustodianMessages.Outcome;
import org.tradesuite.settlement.status.CustodianMessages.Received;

/** From files to messages, and from messages to instructions. */
@Component
class Inbox {

    static final String FEED = "custodian-advice";

    private static final String PARTIES = """
        select f.bic as us, min(a.custodian_bic) as custodian
        from reference_api.firm f cross join reference_api.account a
        group by f.bic
        """;

    private final JdbcClient jdbc;
    private final CustodianMessages messages;
    private final InstructionBook book;
    private final Journal journal;
    private final Exceptions exceptions;
    private final FileReceipts receipts;
    private final Quarantine quarantine;
    private final DropFolder folder;
    private final TransactionTemplate perFile;

    Inbox(
            JdbcClient jdbc,
            CustodianMessages messages,
            InstructionBook book,
            Journal journal,
            Exceptions exceptions,
            FileReceipts receipts,
            Quarantine quarantine,
            SettlementFolders folders,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.messages = messages;
        this.book = book;
        this.journal = journal;
        this.exceptions = exceptions;
        this.receipts = receipts;
        this.quarantine = quarantine;
        this.folder = DropFolder.at(folders.fromCustodian());
        this.perFile = new TransactionTemplate(transactions);
        this.perFile.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Takes every file that waits: its messages are kept and committed before it is moved away. Killed before the move,
     * the next run finds the same content again and only moves it.
     */
    void takeFiles(StepContribution contribution, LocalDate businessDate) {
        var waiting = folder.waiting("*.fin");
        if (waiting.isEmpty()) {
            return;
        }
        var reader = reader();
        for (var file : waiting) {
            var refused = perFile.execute(status -> take(contribution, reader, file, businessDate));
            if (refused == null || refused.isEmpty()) {
                folder.done(file);
            } else {
                folder.refused(file, String.join("\n", refused));
            }
        }
    }

    /**
     * Empty when the file can go to done, otherwise why it goes to refused; a file goes there with the first message
     * refused.
     */
    private List<String> take(
            StepContribution contribution, AdviceReader reader, DroppedFile file, LocalDate businessDate) {
        if (receipts.receive(FEED, file) == FileReceipts.Receipt.DUPLICATE) {
            return List.of();
        }
        var at = journal.now();
        var reasons = new ArrayList<String>();
        var refused = new ArrayList<RefusedRow>();
        var read = 0;
        var ordinal = 0;
        for (var text : AdviceReader.split(new String(file.content(), StandardCharsets.UTF_8))) {
            ordinal++;
            switch (reader.read(text)) {
                case Read advice -> {
                    messages.keep(new Received(file.sha256(), ordinal, file.name(), text, businessDate), advice, at);
                    read++;
                }
                case Unreadable(var problem, var detail) -> {
                    reasons.add("message " + ordinal + ": " + problem + ": " + detail);
                    refused.add(RefusedRow.of(
                            FEED, file, ordinal, text, problem.name(), detail, ApplyStatusJob.NAME, businessDate));
                }
            }
        }
        if (!refused.isEmpty()) {
            quarantine.keep(refused);
        }
        if (read == 0) {
            receipts.refused(FEED, file, String.join("; ", reasons));
        } else {
            receipts.done(FEED, file);
        }
        Progress.moved(contribution, read);
        Progress.refused(contribution, refused.size());
        return reasons;
    }

    /** Messages somebody has released from quarantine, corrected or not, are read again. */
    void takeReleased(StepContribution contribution, LocalDate businessDate) {
        var released = quarantine.released(ApplyStatusJob.NAME);
        if (released.isEmpty()) {
            return;
        }
        var reader = reader();
        for (var row : released) {
            switch (reader.read(row.effectiveText())) {
                case Read advice -> {
                    var origin = row.row();
                    messages.keep(
                            new Received(
                                    origin.fileHash(),
                                    origin.line(),
                                    origin.fileName(),
                                    row.effectiveText(),
                                    businessDate),
                            advice,
                            journal.now());
                    quarantine.applied(row);
                    Progress.moved(contribution, 1);
                }
                case Unreadable(var problem, var detail) -> {
                    quarantine.refusedAgain(row, problem.name(), detail);
                    Progress.refused(contribution, 1);
                }
            }
        }
    }

    /** How many messages wait to be put to their instructions. */
    long toApply() {
        return messages.countReceived();
    }

    /**
     * Puts the next messages to their instructions.
     *
     * @return how many were judged; fewer than the limit when none are left
     */
    int apply(StepContribution contribution, int limit) {
        var received = messages.received(limit);
        if (received.isEmpty()) {
            return 0;
        }
        var reader = reader();
        var at = journal.now();
        Map<String, Entry> entries = new HashMap<>();
        Map<String, LocalDate> touched = new HashMap<>();
        var changes = new ArrayList<Change>();
        var refused = new ArrayList<RefusedRow>();
        for (var message : received) {
            if (!(reader.read(message.text()) instanceof Read(var type, var reference, var advice))) {
                throw new IllegalStateException("A message that was read cannot be read any more: " + message);
            }
            var entry = entries.computeIfAbsent(reference, book::read);
            switch (Instruction.decide(entry.state(), new Receive(advice))) {
                case Accepted(var events) -> {
                    for (var event : events) {
                        entry = entry.with(event);
                        changes.add(new Change(
                                entry,
                                event,
                                advice.sentAt(),
                                "custodian",
                                message.fileName() + " MT" + type + " " + advice.senderReference(),
                                entry.dossier().terms().tradeId()));
                        touched.put(reference, message.businessDate());
                    }
                    entries.put(reference, entry);
                    messages.judged(message, events.isEmpty() ? Outcome.NOTHING_NEW : Outcome.APPLIED, null);
                }
                case Refused(var reason, var detail) -> {
                    messages.judged(message, Outcome.REFUSED, reason + ": " + detail);
                    refused.add(new RefusedRow(
                            FEED,
                            message.fileHash(),
                            message.fileName(),
                            message.ordinal(),
                            message.text(),
                            reason.name(),
                            detail,
                            ApplyStatusJob.NAME,
                            message.businessDate()));
                }
            }
        }
        book.append(changes);
        var changed = touched.keySet().stream().sorted().map(entries::get).toList();
        book.show(changed, at);
        for (var entry : changed) {
            raise(entry, touched.getOrDefault(entry.reference(), LocalDate.MIN), at);
        }
        if (!refused.isEmpty()) {
            quarantine.keep(refused);
        }
        Progress.moved(contribution, received.size() - refused.size());
        Progress.refused(contribution, refused.size());
        return received.size();
    }

    /** What the custodian ended, and what he confirmed beyond the instruction, somebody has to look at. */
    private void raise(Entry entry, LocalDate businessDate, Instant at) {
        var dossier = entry.dossier();
        var tradeId = dossier.terms().tradeId();
        var reason = dossier.reasonCode();
        if (dossier.status() == Status.REJECTED) {
            exceptions.open(
                    tradeId,
                    entry.reference(),
                    ExceptionKind.REJECTED,
                    "The custodian rejected the instruction" + (reason == null ? "" : " for " + reason)
                            + ": repair the standing instruction; it is sent again under a new reference.",
                    businessDate,
                    at);
        } else if (dossier.status() == Status.CANCELLED) {
            exceptions.open(
                    tradeId,
                    entry.reference(),
                    ExceptionKind.CANCELLED_BY_CUSTODIAN,
                    "The instruction was cancelled" + (reason == null ? "" : " for " + reason)
                            + " and nobody here asked for it: ask the custodian.",
                    businessDate,
                    at);
        } else if (!dossier.excess().isEmpty()) {
            exceptions.open(
                    tradeId,
                    entry.reference(),
                    ExceptionKind.ABOVE_INSTRUCTED,
                    "The custodian confirmed more than was instructed; held: "
                            + dossier.excess().stream()
                                    .map(slice -> slice.senderReference() + " " + slice.quantity())
                                    .toList()
                            + ". Ask which confirmation holds.",
                    businessDate,
                    at);
        } else if (dossier.status() == Status.SETTLED) {
            exceptions.close(tradeId, at);
        }
    }

    private AdviceReader reader() {
        return jdbc.sql(PARTIES)
                .query((row, n) -> new AdviceReader(Bic.of(row.getString("us")), Bic.of(row.getString("custodian"))))
                .single();
    }
}
