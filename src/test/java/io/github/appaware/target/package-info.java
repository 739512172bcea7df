/** Programs that the end-to-end tests run as targets. They know nothing of appaware. */
package io.github.appaware.target;
