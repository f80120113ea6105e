package org.tradesuite.execution.reference;

/** The kind of instrument, which decides how it settles and which limits of its class it is held to. */
public enum AssetClass {
    EQUITY,
    CRYPTO
}
