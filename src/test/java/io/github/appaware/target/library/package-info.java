/** What programs of the tests use as a library. */
package io.github.appaware.target.library;
