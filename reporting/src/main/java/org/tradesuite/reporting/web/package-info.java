/** Reporting over HTTP: the list of reports, their files, and inquiries into the journal. */
@NullMarked
package org.tradesuite.reporting.web;

import org.jspecify.annotations.NullMarked;
