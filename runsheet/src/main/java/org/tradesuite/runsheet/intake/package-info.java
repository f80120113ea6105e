/**
 * Taking in what others send: files from a drop folder, each taken once; rows copied into the database in bulk; and
 * the quarantine, where every refused row is kept with its file, line, text and reason until somebody corrects and
 * releases it. Nothing that was sent is lost.
 */
@NullMarked
package org.tradesuite.runsheet.intake;

import org.jspecify.annotations.NullMarked;
