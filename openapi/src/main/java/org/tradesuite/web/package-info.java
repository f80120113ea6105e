/**
 * What every application owes whoever talks to it over HTTP, written once: people and machines sign in and may do what
 * their role allows; a wrong request is answered with a code from a closed list, what was wrong and what to do; long
 * lists come in pages; the contract can be read and tried out in the browser.
 */
@NullMarked
package org.tradesuite.web;

import org.jspecify.annotations.NullMarked;
