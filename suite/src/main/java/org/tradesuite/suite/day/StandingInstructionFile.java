package org.tradesuite.suite.day;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.time.LocalDate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tradesuite.openapi.settlement.client.api.StandingInstructionsApi;
import org.tradesuite.openapi.settlement.model.AssetClass;
import org.tradesuite.openapi.settlement.model.StandingInstruction;
import org.tradesuite.openapi.settlement.model.StandingInstructionApproval;
import org.tradesuite.openapi.settlement.model.StandingInstructionChange;

/** The sample firm's standing settlement instructions, entered one by one as a clerk does. */
final class StandingInstructionFile {

    private StandingInstructionFile() {}

    /** Enters those that are not known yet. */
    static void enter(StandingInstructionsApi maker) {
        var known = maker.listStandingInstructions(null).getItems().stream()
                .map(each -> each.getCounterpartyBic() + " " + each.getPlaceOfSettlement())
                .collect(Collectors.toSet());
        for (var row : ReferenceFiles.rows("standing_instructions")) {
            if (known.contains(row.getField("counterparty_bic") + " " + row.getField("place_of_settlement"))) continue;
            maker.putStandingInstruction(new StandingInstructionChange(
                            row.getField("counterparty_bic"),
                            row.getField("agent_bic"),
                            row.getField("agent_account"),
                            LocalDate.parse(row.getField("valid_from")),
                            0,
                            row.getField("reason"))
                    .placeOfSettlement(orNone(row, "place_of_settlement"))
                    .accountId(orNone(row, "account_id"))
                    .assetClass(
                            row.getField("asset_class").isEmpty()
                                    ? null
                                    : AssetClass.fromValue(row.getField("asset_class")))
                    .currency(orNone(row, "currency")));
        }
    }

    /** Approves those that wait for a second person. */
    static void approve(StandingInstructionsApi checker) {
        for (var each : checker.listStandingInstructions(null).getItems()) {
            if (each.getStatus() != StandingInstruction.StatusEnum.APPROVED)
                checker.approveStandingInstruction(
                        each.getStandingInstructionId(), new StandingInstructionApproval(each.getVersion()));
        }
    }

    private static @Nullable String orNone(NamedCsvRecord row, String field) {
        return row.getField(field).isEmpty() ? null : row.getField(field);
    }
}
