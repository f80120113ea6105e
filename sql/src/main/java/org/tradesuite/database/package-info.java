/**
 * The database and who may log in to it: installs the schemas, tables, views and roles that all applications agree on,
 * and starts a PostgreSQL server of our own where none is at hand, keeping its data in a folder between starts.
 */
@NullMarked
package org.tradesuite.database;

import org.jspecify.annotations.NullMarked;
