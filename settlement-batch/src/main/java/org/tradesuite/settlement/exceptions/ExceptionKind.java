package org.tradesuite.settlement.exceptions;

/** Why somebody has to look, and which desk does. */
public enum ExceptionKind {
    UNCONFIRMED(Owner.MIDDLE_OFFICE),
    MISMATCHED(Owner.MIDDLE_OFFICE),
    NO_PLACE_OF_SETTLEMENT(Owner.STATIC_DATA),
    NO_ACCOUNT(Owner.STATIC_DATA),
    NO_STANDING_INSTRUCTION(Owner.STATIC_DATA),
    AMBIGUOUS_STANDING_INSTRUCTION(Owner.STATIC_DATA),
    NOT_INSTRUCTABLE(Owner.SETTLEMENTS),
    REJECTED(Owner.SETTLEMENTS),
    CANCELLED_BY_CUSTODIAN(Owner.SETTLEMENTS),
    ABOVE_INSTRUCTED(Owner.SETTLEMENTS);

    /** The desks. */
    public enum Owner {
        MIDDLE_OFFICE,
        STATIC_DATA,
        SETTLEMENTS
    }

    private final Owner owner;

    ExceptionKind(Owner owner) {
        this.owner = owner;
    }

    public Owner owner() {
        return owner;
    }
}
