/** Classes that bear the names of a library's, for attacks. */
package io.github.appaware.target.netty.resolver.dns;
