/**
 * The examiner's tool: says whether an exported journal is whole and unchanged. It shares no code with what wrote the
 * export and needs nothing but Java, so that it can be read through, taken away and run on another machine: {@code java
 * -cp reporting.jar org.tradesuite.reporting.audit.verifier.Verifier journal-2026-11-20.manifest.json audit.key.pub}.
 */
@NullMarked
package org.tradesuite.reporting.audit.verifier;

import org.jspecify.annotations.NullMarked;
