package org.tradesuite.settlement.standing;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One version of a standing instruction. It never changes but for its approval; an edit is the next version. An empty
 * place, account, asset class or currency stands for any.
 */
@Entity
@Table(schema = "settlement", name = "standing_instruction")
public class StandingInstruction {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private long number;
    private int version;
    private String counterpartyBic;
    private @Nullable String placeOfSettlement;
    private @Nullable String accountId;
    private @Nullable String assetClass;
    private @Nullable String currency;
    private String agentBic;
    private String agentAccount;
    private LocalDate validFrom;
    private @Nullable LocalDate validUntil;
    private String reason;
    private String enteredBy;
    private Instant enteredAt;
    private @Nullable String approvedBy;
    private @Nullable Instant approvedAt;

    /** Two people who approve the same version at the same time: one of them is told. */
    @Version
    private int rowVersion;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
    protected StandingInstruction() {}

    StandingInstruction(long number, int version, Proposal proposal, String enteredBy, Instant enteredAt) {
        this.number = number;
        this.version = version;
        this.counterpartyBic = proposal.counterpartyBic();
        this.placeOfSettlement = proposal.placeOfSettlement();
        this.accountId = proposal.accountId();
        this.assetClass = proposal.assetClass();
        this.currency = proposal.currency();
        this.agentBic = proposal.agentBic();
        this.agentAccount = proposal.agentAccount();
        this.validFrom = proposal.validFrom();
        this.validUntil = proposal.validUntil();
        this.reason = proposal.reason();
        this.enteredBy = enteredBy;
        this.enteredAt = enteredAt;
    }

    /** What somebody wants a standing instruction to say. */
    public record Proposal(
            String counterpartyBic,
            @Nullable String placeOfSettlement,
            @Nullable String accountId,
            @Nullable String assetClass,
            @Nullable String currency,
            String agentBic,
            String agentAccount,
            LocalDate validFrom,
            @Nullable LocalDate validUntil,
            String reason) {}

    void approve(String by, Instant at) {
        this.approvedBy = by;
        this.approvedAt = at;
    }

    boolean isAbout(Proposal other) {
        return counterpartyBic.equals(other.counterpartyBic)
                && Objects.equals(placeOfSettlement, other.placeOfSettlement)
                && Objects.equals(accountId, other.accountId)
                && Objects.equals(assetClass, other.assetClass)
                && Objects.equals(currency, other.currency);
    }

    boolean covers(StandingKey key) {
        return isApproved()
                && counterpartyBic.equals(key.counterpartyBic())
                && anyOr(placeOfSettlement, key.placeOfSettlement())
                && anyOr(accountId, key.accountId())
                && anyOr(assetClass, key.assetClass())
                && anyOr(currency, key.currency())
                && !validFrom.isAfter(key.settlementDate())
                && (validUntil == null || !validUntil.isBefore(key.settlementDate()));
    }

    private static boolean anyOr(@Nullable String ours, String asked) {
        return ours == null || ours.equals(asked);
    }

    /** How many of the four criteria it names. */
    long specificity() {
        return Stream.of(placeOfSettlement, accountId, assetClass, currency)
                .filter(Objects::nonNull)
                .count();
    }

    public boolean isApproved() {
        return approvedBy != null;
    }

    public String name() {
        return "SSI-" + number;
    }

    public long number() {
        return number;
    }

    public int version() {
        return version;
    }

    public String counterpartyBic() {
        return counterpartyBic;
    }

    public @Nullable String placeOfSettlement() {
        return placeOfSettlement;
    }

    public @Nullable String accountId() {
        return accountId;
    }

    public @Nullable String assetClass() {
        return assetClass;
    }

    public @Nullable String currency() {
        return currency;
    }

    public String agentBic() {
        return agentBic;
    }

    public String agentAccount() {
        return agentAccount;
    }

    public LocalDate validFrom() {
        return validFrom;
    }

    public @Nullable LocalDate validUntil() {
        return validUntil;
    }

    public String reason() {
        return reason;
    }

    public String enteredBy() {
        return enteredBy;
    }

    public Instant enteredAt() {
        return enteredAt;
    }

    public @Nullable String approvedBy() {
        return approvedBy;
    }

    public @Nullable Instant approvedAt() {
        return approvedAt;
    }

    @Override
    public String toString() {
        return name() + " version " + version;
    }
}
