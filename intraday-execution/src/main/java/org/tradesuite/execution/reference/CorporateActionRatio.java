package org.tradesuite.execution.reference;

/** How the new quantity of a corporate action stands to the old: the qualifiers of ISO 15022, field 92D. */
enum CorporateActionRatio {
    /** New to old: the new securities take the place of the old. */
    NEWO,
    /** Additional for existing: the new securities are held besides. */
    ADEX
}
