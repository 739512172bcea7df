/** Placeholder for the journey of one connection. */
package io.github.appaware;
